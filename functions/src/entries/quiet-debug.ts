/**
 * firebase-functions logs a debug line for each call that it has verified: with a thousand agents gigabytes a month that say nothing. It takes the
 * console's methods when it loads, so this module has to come before it.
 */
console.debug = () => undefined;

export {};
