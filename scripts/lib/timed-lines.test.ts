import { evaluated } from '../../test/support/evaluated';

const timed = (text: string) =>
  evaluated<string>('scripts/lib/timed-lines.mjs', `it.timedLines(${JSON.stringify(text)}, new Date(0))`);

test.each([
  [
    'an entry',
    '{"severity":"INFO","message":"x"}\n',
    '{"time":"1970-01-01T00:00:00.000Z","severity":"INFO","message":"x"}\n',
  ],
  [
    'an entry whose severity comes later, behind one',
    'functions ready\n{"door":"rest","severity":"WARNING"}\n',
    'functions ready\n{"time":"1970-01-01T00:00:00.000Z","door":"rest","severity":"WARNING"}\n',
  ],
])('%s of the functions gets the time as its first field', (_what, text, expected) => {
  expect(timed(text)).toBe(expected);
});

test.each(['functions ready on http://127.0.0.1:5001\n', '{ stack: "severity" }\n', '{"other":1}\n', ''])(
  'what is no entry stays as it is: %j',
  (text) => {
    expect(timed(text)).toBe(text);
  },
);
