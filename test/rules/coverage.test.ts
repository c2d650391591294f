import { doc, getDoc } from 'firebase/firestore';
import { gapsIn } from './coverage.js';
import { openWorld, type World } from './world.js';

const RULES = `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /notes/{note} {
      allow get: if request.auth.token.role == 'admin' && note != 'secret';
      allow delete: if request.auth.uid == note;
      allow list: if false;
    }
  }
}
`;

let world: World;

beforeAll(async () => {
  world = await openWorld('coverage', RULES);
});

afterAll(() => world.close());

test('names each condition that was not both true and false', async () => {
  const get = (note: string) => getDoc(doc(world.as('an admin'), `notes/${note}`));
  await get('open');
  expect(gapsIn(await world.coverage())).toEqual([
    '7: allow list: if false; (constant)',
    "5: request.auth.token.role == 'admin' && note != 'secret' (never false)",
    "5: request.auth.token.role == 'admin' (never false)",
    "5: note != 'secret' (never false)",
    '6: request.auth.uid == note (never evaluated)',
  ]);

  await expect(get('secret')).rejects.toThrow();
  expect(gapsIn(await world.coverage())).toEqual([
    '7: allow list: if false; (constant)',
    "5: request.auth.token.role == 'admin' (never false)",
    '6: request.auth.uid == note (never evaluated)',
  ]);
});
