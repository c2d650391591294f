/** The run's bare emulators are for the other projects: what is tested here brings its own. */
delete process.env.FIRESTORE_EMULATOR_HOST;
delete process.env.PUBSUB_EMULATOR_HOST;
