/**
 * Every limit of the product, named with its unit. A limit exists once, here; schemas, domain and documents refer to it.
 */

/** Display name of a session, account or program, in characters: fits one line on a phone and a push title. */
export const NAME_MAX_CHARS = 200;
/** One-line status of a session, in characters: what a person reads at a glance. */
export const STATUS_MAX_CHARS = 200;
/** Identifier of a session, in characters: it is a Firestore document id, and those may have 1,500 bytes. */
export const SESSION_ID_MAX_CHARS = 100;
/** Identifier of a program, in characters. */
export const PROGRAM_ID_MAX_CHARS = 50;
/** Project a session works on, in characters. */
export const PROJECT_NAME_MAX_CHARS = 100;
/** Progress is a percentage. */
export const PROGRESS_MAX_PERCENT = 100;

/** Shortest beat interval that a session may announce, in seconds: below it, beats cost more than they tell. */
export const EXPECTED_INTERVAL_MIN_SECONDS = 30;
/** Longest beat interval that a session may announce, in seconds. */
export const EXPECTED_INTERVAL_MAX_SECONDS = 3600;
/** A session that announced an interval is stale after this many intervals without a sign of life: one lost beat is forgiven, two are not. */
export const STALE_AFTER_INTERVALS = 1.5;
/** A session that announced an interval is not dead before this many intervals without a sign of life. */
export const DEAD_AFTER_INTERVALS = 4;
/** Beats that change nothing are absorbed for this long after the last write, in seconds. */
export const COALESCE_WINDOW_SECONDS = 30;

/** Minutes without a sign of life after which a session that announced no interval is stale: the idle beat is due every 10. */
export const STALE_AFTER_DEFAULT_MINUTES = 15;
/** Minutes without a sign of life after which a session is dead: four missed idle beats and a margin. */
export const DEAD_AFTER_DEFAULT_MINUTES = 65;
/** Minutes without a sign of life after which a blocked session is dead: it waits for a person, who may be asleep. */
export const BLOCKED_DEAD_AFTER_DEFAULT_MINUTES = 24 * 60;
/** Minutes between a session's end and its archiving: long enough to look at what just finished. */
export const ARCHIVE_AFTER_DEFAULT_MINUTES = 60;
/** Largest value of any threshold of an account, in minutes (30 days). */
export const THRESHOLD_MAX_MINUTES = 30 * 24 * 60;

/** Share of the context window above which a session asks for a handoff by itself. */
export const HANDOFF_ABOVE_SHARE = 0.6;
/** Context sizes are kept as one sample per bucket of this many minutes … */
export const CONTEXT_SAMPLE_MINUTES = 10;
/** … in a ring of this many buckets (six hours), so that a session's document stays bounded. */
export const CONTEXT_SAMPLE_COUNT = 36;

/** Hours that a window stays open unless the caller says otherwise … */
export const WINDOW_DEFAULT_HOURS = 6;
/** … the furthest that its end may lie ahead of now, in hours: a week … */
export const WINDOW_AHEAD_MAX_HOURS = 168;
/** … and the days after which it ends for good, whatever it was extended by: the life of a session token. */
export const WINDOW_LIFE_DAYS = 30;

/** Content of a memory, in characters: a long paragraph or a short document. */
export const MEMORY_MAX_CHARS = 10_000;
export const MEMORY_TITLE_MAX_CHARS = 100;
export const MEMORY_TAGS_MAX = 20;
export const MEMORY_TAG_MAX_CHARS = 50;
export const MEMORY_CONFIDENCE_DEFAULT = 0.8;
/** Memories of one call: with their index entries they fit into one transaction of Firestore's. */
export const MEMORY_BATCH_MAX = 100;
/** A query or a question, in characters. */
export const QUERY_MAX_CHARS = 1000;
export const RECALL_DEFAULT = 10;
export const RECALL_MAX = 50;
/** Memories that an answer is composed of. */
export const ANSWER_MEMORIES_DEFAULT = 5;
/** Words of a memory that it can be found by: bounds its index entries. */
export const MEMORY_TERMS_MAX = 250;
/** Words of a query that are looked for … */
export const QUERY_TERMS_MAX = 10;
/** … and memories that are read for each: a recall reads at most their product, 500 documents, whatever is stored. */
export const CANDIDATES_PER_TERM = 50;
/** Numbers of an embedding: a vector index of Firestore is made for one length. */
export const EMBEDDING_DIMENSIONS = 768;

/** Size of the brief that boot answers, in characters: by default about a thousand tokens. */
export const BOOT_DEFAULT_CHARS = 4000;
export const BOOT_MIN_CHARS = 500;
export const BOOT_MAX_CHARS = 40_000;

/** Hours for which the answer to a call with an idempotency key is kept. */
export const IDEMPOTENCY_HOURS = 24;
/** An idempotency key, in characters. */
export const IDEMPOTENCY_KEY_MAX_CHARS = 255;

/** Concurrent live sessions by tier; null is without limit. */
export const SESSIONS_BY_TIER = { free: 1, pro: 5, team: 10, unlimited: null } as const;
/** Largest limit that an operator may set for one account: its slots share one document, which may have 1 MiB. */
export const SESSION_LIMIT_MAX = 1000;
/** Holders that a refused create_session names at the most. */
export const HOLDERS_SHOWN_MAX = 20;

/** Rows of one page, by default and at the most. */
export const PAGE_DEFAULT = 10;
export const PAGE_MAX = 50;
/** Rows of a page of small things: programs, keys, members. */
export const DIRECTORY_PAGE_DEFAULT = 100;
export const DIRECTORY_PAGE_MAX = 200;

/** What the holder of a task is told, in characters. The title's limit is TASK_TITLE_MAX_CHARS. */
export const TASK_INSTRUCTIONS_MAX_CHARS = 4000;
/** What came of a task, in characters. */
export const TASK_RESULT_MAX_CHARS = 4000;
/** Shortest time to live of a task, in seconds: the sweep ticks once a minute. */
export const TASK_TTL_MIN_SECONDS = 60;
/** Longest time to live of a task, in seconds (30 days). */
export const TASK_TTL_MAX_SECONDS = 30 * 86_400;
/** Programs that a task for a group can be for: each is an entry in the indexes of its document, which may have 40,000. */
export const TASK_TARGETS_MAX = 1000;
/** Days for which a task is kept after it was done. */
export const TASK_RETENTION_DAYS = 30;
/** Waiting tasks that a brief names. */
export const BOOT_TASKS_MAX = 10;

/** Label of a key, in characters. */
export const KEY_LABEL_MAX_CHARS = 200;
/** Longest life of a key that is given one, in days (ten years). */
export const KEY_LIFE_MAX_DAYS = 3650;
/** Longest time for which a rotated key stays valid, in minutes. */
export const ROTATION_GRACE_MAX_MINUTES = 60;
/** Seconds for which an instance trusts what it knows of keys, principals and account settings before it asks again. */
export const CREDENTIAL_CACHE_SECONDS = 30;

/** Groups or tags of a program: how many, and how long each, in characters. */
export const PROGRAM_LABELS_MAX = 20;
export const PROGRAM_LABEL_MAX_CHARS = 50;

/** Program state: see docs/decisions/006-program-state.md for why their sum stays below Firestore's 1 MiB a document. */
export const LAST_TASK_MAX_CHARS = 500;
export const TASK_TITLE_MAX_CHARS = 200;
export const TASK_NOTES_MAX_CHARS = 2000;
export const WORK_ITEMS_MAX = 20;
export const WORK_ITEM_MAX_CHARS = 200;
export const HANDOFF_NOTES_MAX_CHARS = 2000;
export const OPEN_QUESTIONS_MAX = 10;
export const OPEN_QUESTION_MAX_CHARS = 500;
export const PATTERNS_MAX = 200;
export const PATTERN_ID_MAX_CHARS = 100;
export const PATTERN_DOMAIN_MAX_CHARS = 50;
export const PATTERN_MAX_CHARS = 500;
export const EVIDENCE_MAX_CHARS = 500;
export const TOOL_PREFERENCES_MAX = 50;
export const TOOL_PREFERENCE_MAX_CHARS = 100;
export const KNOWN_QUIRKS_MAX = 20;
export const KNOWN_QUIRK_MAX_CHARS = 200;
export const FAILURE_MODES_MAX = 10;
export const FAILURE_MODE_MAX_CHARS = 200;
/** custom settings, as JSON in UTF-8 bytes. */
export const CUSTOM_SETTINGS_MAX_BYTES = 8 * 1024;

/** Days after which a context summary comes back marked stale. */
export const CONTEXT_SUMMARY_TTL_DEFAULT_DAYS = 7;
export const CONTEXT_SUMMARY_TTL_MAX_DAYS = 90;
/** Days after which a pattern that was neither promoted nor reinforced is forgotten. */
export const PATTERN_AGE_DEFAULT_DAYS = 30;
export const PATTERN_AGE_MAX_DAYS = 365;
/** Unpromoted patterns that are kept. */
export const UNPROMOTED_DEFAULT = 50;
export const UNPROMOTED_MIN = 5;
/** Snapshots of the context summary that are kept, newest first. */
export const CONTEXT_HISTORY_MAX = 50;
export const CONTEXT_HISTORY_DEFAULT = 20;

/** Seconds for which a precomputed fleet document is fresh enough for get_fleet_health. */
export const FLEET_MAX_AGE_DEFAULT_SECONDS = 60;
export const FLEET_MAX_AGE_MAX_SECONDS = 3600;
/** Programs in one fleet document: the rest goes into further ones, so that none passes Firestore's 1 MiB. */
export const FLEET_ROWS_PER_DOCUMENT = 2000;
/** Days for which events are kept. */
export const EVENT_RETENTION_DAYS = 30;
/** Days for which timeline points are kept. */
export const TIMELINE_RETENTION_DAYS = 90;

/** The sweep visits an account with live sessions at least this often, in minutes … */
export const SWEEP_EVERY_MIN_MINUTES = 5;
/** … and a large one at least this often, so that the visits of 1,000 agents cost less than their beats by a factor of 40. */
export const SWEEP_EVERY_MAX_MINUTES = 15;
/** Live sessions of an account from which the longest interval holds; between, it grows in proportion. */
export const SWEEP_SLOWEST_FROM_SESSIONS = 1000;
/** A visit that comes this many minutes late means that the schedule itself was out: nothing ends for one stale period. */
export const SWEEP_OUTAGE_MINUTES = 5;

/** Largest request body at a callable, in bytes. */
export const REQUEST_MAX_BYTES = 256 * 1024;
/** Largest request body at the MCP and REST doors, in bytes: a batch of memories is larger than anything an app sends. */
export const AGENT_REQUEST_MAX_BYTES = 1_000_000;

/** Records of one page of an export, by default: as many as one import takes. */
export const EXPORT_PAGE_DEFAULT = 100;
/** … and at the most: beyond, a page of small records gains nothing. */
export const EXPORT_PAGE_MAX = 200;
/** A page of an export ends once it has this many characters of JSON: with what was read beside it, it fits into an answer of 32 MB. */
export const EXPORT_PAGE_MAX_CHARS = 4_000_000;
/** Records of one import: with their events they are one transaction, and the largest that the door's body holds are far below Firestore's 10 MiB. */
export const IMPORT_BATCH_MAX = 100;
/** Minutes that a moment of an imported record may lie ahead of the server's clock: clocks of two deployments differ, and nothing happens tomorrow. */
export const IMPORT_AHEAD_MAX_MINUTES = 5;

/** Branch and issue of a session, in characters: git's names fit a file name, and trackers' are short. */
export const BRANCH_MAX_CHARS = 250;
export const ISSUE_ID_MAX_CHARS = 100;
/** Path of a workspace, in characters. */
export const PATH_MAX_CHARS = 500;
/** Address of a pull request, in characters, and its title. */
export const URL_MAX_CHARS = 500;
export const PR_TITLE_MAX_CHARS = 300;
/** How a runtime names a session, and the runtime itself, in characters; and the texts that it keeps to find it again. */
export const RUNTIME_ID_MAX_CHARS = 200;
export const RUNTIME_NAME_MAX_CHARS = 50;
export const RUNTIME_DATA_MAX = 20;
/** What the agent's tool says of a session, in characters. */
export const AGENT_SUMMARY_MAX_CHARS = 500;
/** Labels of a session: how many, and how long key and value may be, in characters. A session is written whole, so all of them have to stay small. */
export const METADATA_MAX = 50;
export const METADATA_KEY_MAX_CHARS = 100;
export const METADATA_VALUE_MAX_CHARS = 500;
/** Project of a spawned session, in characters: with a number behind it, it is the session's id. */
export const PROJECT_ID_MAX_CHARS = 80;
/** What an agent is told first, in characters: a page of instructions. */
export const PROMPT_MAX_CHARS = 10_000;
/** Which agent a runner is to start, in characters. */
export const AGENT_NAME_MAX_CHARS = 50;
/** Ended sessions that one cleanup looks at: each is one read, and one write where it is archived. */
export const CLEANUP_BATCH_MAX = 100;

/** Events of one page, by default … */
export const EVENT_PAGE_DEFAULT = 50;
/** … and at the most. */
export const EVENT_PAGE_MAX = 100;
/** Who caused an event and what it is about, in characters: the longest ids, with what they are of before them. */
export const ACTOR_MAX_CHARS = 200;
/** What an event says: so many fields at most, and so many characters of text in each. Names and descriptions are shorter. */
export const EVENT_FIELDS_MAX = 20;
export const EVENT_TEXT_MAX_CHARS = 500;
/** Seconds after which no event of that time can still appear: a transaction is tried for 15, and clocks differ a little. */
export const EVENT_SETTLE_SECONDS = 30;

/** Webhook endpoints of an account: each gets a message of its own for every event that it asks for, and all share one document. */
export const WEBHOOKS_MAX = 20;
/** Address of an endpoint, in characters. */
export const WEBHOOK_URL_MAX_CHARS = 2000;
/** What an endpoint is for, in characters. */
export const WEBHOOK_DESCRIPTION_MAX_CHARS = 200;
/** Seconds in which an endpoint has to answer, from looking up its name on. */
export const WEBHOOK_TIMEOUT_SECONDS = 10;
/** Days for which a delivery is tried. */
export const DELIVERY_GIVE_UP_DAYS = 3;
/** Days for which a delivery that is over is kept: as long as its event. */
export const DELIVERY_RETENTION_DAYS = 30;
/** Deliveries that are listed, by default and at the most. */
export const DELIVERY_PAGE_DEFAULT = 20;
export const DELIVERY_PAGE_MAX = 100;

/** Devices of an account that are told of alerts: all share one document, which has room for as many of the longest tokens. */
export const DEVICES_MAX = 150;
/** Devices of one person, or of one program: nobody takes the places of the others. */
export const DEVICES_PER_OWNER_MAX = 10;
/** Registration token of a device, in characters: those that FCM makes have some 200. */
export const DEVICE_TOKEN_MAX_CHARS = 4096;
/** What a device is called, in characters. */
export const DEVICE_LABEL_MAX_CHARS = 100;
/** Title of a push, in characters: a phone shows about half of it in one line. */
export const PUSH_TITLE_MAX_CHARS = 100;
/** Name of the session in the text of a push, in characters: what it says is more important … */
export const PUSH_NAME_MAX_CHARS = 80;
/** … and the text, in characters: with everything else it stays far below FCM's 4,096 bytes, in any script. */
export const PUSH_BODY_MAX_CHARS = 300;
/** Hours for which FCM keeps a push for a device that is switched off: after a day nobody acts on it any more. */
export const PUSH_LIFE_HOURS = 24;
/** Attempts at pushing an alert: with Pub/Sub's waits, which grow to ten minutes, some two hours. */
export const PUSH_ATTEMPTS_MAX = 20;
/** Days for which it is known who was told of an alert: as long as its event is kept. */
export const PUSH_RETENTION_DAYS = 30;

/** A message, in characters: a few paragraphs. What is longer belongs into a document. */
export const MESSAGE_MAX_CHARS = 2000;
/** How long a message waits to be read unless the sender says otherwise: a day … */
export const MESSAGE_TTL_DEFAULT_SECONDS = 86_400;
/** … at least a minute … */
export const MESSAGE_TTL_MIN_SECONDS = 60;
/** … and at most 30 days. */
export const MESSAGE_TTL_MAX_SECONDS = 30 * 86_400;
/** Unread messages that boot shows. */
export const BOOT_MESSAGES_MAX = 10;
/** Programs of a group that one message can go to: all of them are written at once. */
export const MESSAGE_RECIPIENTS_MAX = 200;
