import { randomBytes } from 'node:crypto';

/**
 * A test file has a database of its own on the run's emulator, as a project has in production: what all accounts of one database share, as the list of
 * what memories have to forget, would otherwise change below a file that counts reads while another one works.
 */
process.env.GCLOUD_PROJECT = `demo-${randomBytes(6).toString('hex')}`;
