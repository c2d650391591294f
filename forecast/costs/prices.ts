/** One price, where it was read, and what it buys. */
export interface Price {
  readonly dollars: number;
  /** What the dollars buy: so many of the unit. */
  readonly per: number;
  readonly unit: string;
  readonly source: string;
}

/** When the prices were read. */
export const PRICES_READ_ON = '2026-11-21';

const FIRESTORE = 'Firestore pricing (cloud.google.com/firestore/pricing), Standard edition, us-central1';
const CLOUD_RUN =
  'Cloud Run pricing (cloud.google.com/run/pricing), request-based, a region of the first tier; read as others quote it';

/** List prices of us-central1, without the quotas that are free. */
export const PRICES = {
  reads: { dollars: 0.03, per: 100_000, unit: 'documents read', source: FIRESTORE },
  writes: { dollars: 0.09, per: 100_000, unit: 'documents written', source: FIRESTORE },
  deletes: { dollars: 0.01, per: 100_000, unit: 'documents deleted, by TTL too', source: FIRESTORE },
  invocations: { dollars: 0.4, per: 1_000_000, unit: 'invocations of functions', source: CLOUD_RUN },
  vcpuSeconds: { dollars: 0.000024, per: 1, unit: 'vCPU-second while a request runs', source: CLOUD_RUN },
  gibSeconds: { dollars: 0.0000025, per: 1, unit: 'GiB-second while a request runs', source: CLOUD_RUN },
  messageTebibytes: {
    dollars: 40,
    per: 1,
    unit: 'TiB of messages; a publish and a push count as 1,000 bytes at least, each',
    source: 'Pub/Sub pricing (cloud.google.com/pubsub/pricing)',
  },
  schedulerJobs: {
    dollars: 0.1,
    per: 1,
    unit: 'job of Cloud Scheduler, a month; three are free',
    source: 'firebase.google.com/docs/functions/schedule-functions',
  },
  egressGigabytes: {
    dollars: 0.12,
    per: 1,
    unit: 'GB that functions send to the internet; 5 a month are free',
    source: 'Firebase pricing (firebase.google.com/pricing); read as others quote it',
  },
  hostingGigabytes: {
    dollars: 0.15,
    per: 1,
    unit: 'GB that Hosting sends; 360 MB a day are free',
    source: 'Firebase pricing (firebase.google.com/pricing); read as others quote it',
  },
} as const satisfies Readonly<Record<string, Price>>;

/** What is billed but not computed here, and why. */
export const LEFT_OUT = [
  'What is stored: for us-central1 no page was found that says its price. Of nam5 it is $0.18 per GiB and month; a session is some two kilobytes.',
  'What Firestore itself sends to the internet, which listeners and direct beats receive: 10 GiB a month are free.',
  'Eventarc, which hands written events to `publishEvent`; logs; Artifact Registry; Secret Manager; Auth; backups; models, where they are configured.',
  'The free quotas, which count once for a project: each day 50,000 reads, 20,000 writes and 20,000 deletes, each month 2 million invocations.',
] as const;

export function dollarsFor(price: Price, amount: number): number {
  return (amount / price.per) * price.dollars;
}
