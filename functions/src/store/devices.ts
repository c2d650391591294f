import { type Device, documents } from '@quarterdeck/contract';
import type { DeviceStore } from '../operations/ports.js';
import { read, stored } from './documents.js';
import type { StoreContext } from './store-context.js';

/** The devices of an account share a document, so that their number is exact, and all of them are one read. */
interface DevicesDocument {
  readonly devices: Readonly<Record<string, Device>>;
}

/** Where a device is. */
interface DeviceAccount {
  readonly account: string;
}

export class FirestoreDeviceStore implements DeviceStore {
  constructor(private readonly context: StoreContext) {}

  async list(account: string): Promise<readonly Device[]> {
    return inOrder(readDevices(await this.ref(account).get()).devices);
  }

  async register(account: string, deviceId: string, decide: (all: readonly Device[]) => Device): Promise<Device> {
    const { db } = this.context;
    const accountRef = db.doc(documents.deviceAccount(deviceId));
    return this.context.transaction(async (tx) => {
      const [place, found] = await tx.getAll(accountRef, this.ref(account));
      if (place === undefined || found === undefined) throw new Error('Firestore left a document out');
      const document = readDevices(found);
      const { devices } = document;
      const next = decide(inOrder(devices));
      const formerPlace = read<DeviceAccount>('deviceAccount', place);
      const former = formerPlace?.account;
      if (former === account && devices[deviceId] === next) return next;
      const left = former === undefined || former === account ? undefined : former;
      const leaving = left === undefined ? undefined : readDevices(await tx.get(this.ref(left)));
      tx.set(this.ref(account), stored('devices', { ...document, devices: { ...devices, [deviceId]: next } }));
      if (former !== account) tx.set(accountRef, stored<DeviceAccount>('deviceAccount', { ...formerPlace, account }));
      if (left !== undefined && leaving !== undefined) {
        const { [deviceId]: _gone, ...staying } = leaving.devices;
        tx.set(this.ref(left), stored('devices', { ...leaving, devices: staying }));
      }
      return next;
    }, this.ref(account).path);
  }

  async forget(account: string, seen: readonly Device[]): Promise<void> {
    const { db } = this.context;
    await this.context.transaction(async (tx) => {
      const document = readDevices(await tx.get(this.ref(account)));
      const { devices } = document;
      const going = new Set(seen.filter((one) => isStill(devices[one.deviceId], one)).map(({ deviceId }) => deviceId));
      if (going.size === 0) return;
      const staying = Object.entries(devices).filter(([deviceId]) => !going.has(deviceId));
      tx.set(this.ref(account), stored('devices', { ...document, devices: Object.fromEntries(staying) }));
      // They are here, so no other account has them.
      for (const deviceId of going) tx.delete(db.doc(documents.deviceAccount(deviceId)));
    }, this.ref(account).path);
  }

  private ref(account: string) {
    return this.context.db.doc(documents.devices(account));
  }
}

function readDevices(snapshot: FirebaseFirestore.DocumentSnapshot): DevicesDocument {
  return read<DevicesDocument>('devices', snapshot) ?? { devices: {} };
}

/** Oldest first. */
function inOrder(devices: DevicesDocument['devices']): readonly Device[] {
  return Object.values(devices).sort(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.deviceId < b.deviceId ? -1 : 1),
  );
}

/** Registered anew since, by whomever, it is not what was looked at. */
function isStill(stored: Device | undefined, seen: Device): boolean {
  return (
    stored !== undefined &&
    stored.uid === seen.uid &&
    stored.owner === seen.owner &&
    stored.refreshedAt.getTime() === seen.refreshedAt.getTime()
  );
}
