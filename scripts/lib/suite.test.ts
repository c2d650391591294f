import { evaluated } from '../../test/support/evaluated';

const SUITE = 'scripts/lib/suite.mjs';

type Ports = Record<string, number>;

/** The ports of a start, on a machine on which some are taken. */
function chosen(base: string | undefined, former: Partial<Ports>, taken: readonly number[] = []): Ports {
  const isFree = `async (port) => !${JSON.stringify(taken)}.includes(port)`;
  return evaluated(SUITE, `it.choosePorts(${JSON.stringify(base)}, ${JSON.stringify(former)}, ${isFree})`);
}

test.each([undefined, '0'])('with QUARTERDECK_PORT=%s a start takes the ports of the last one', (base) => {
  expect(chosen(base, { functions: 5002, auth: 9100 })).toMatchObject({ functions: 5002, auth: 9100 });
});

test('a port of the last start that is taken moves, and takes none that another one keeps', () => {
  const ports = chosen(undefined, { functions: 5003, auth: 5001 }, [5003]);
  expect(ports).toMatchObject({ functions: 5002, auth: 5001 });
  expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length);
});

test('a first port that is named counts more than the last start', () => {
  expect(chosen('7000', { functions: 5002 }, [7000])).toMatchObject({ functions: 7001, auth: 7002 });
});

test('only what moved since the last start, or from the usual place, is told', () => {
  const ports = JSON.stringify(chosen(undefined, { functions: 5002, auth: 9100 }, [9100]));
  expect(evaluated(SUITE, `it.movedPorts(${ports}, { functions: 5002, auth: 9100 })`)).toEqual([
    'auth on 9099 instead of 9100',
  ]);
  expect(evaluated(SUITE, `it.movedPorts(${ports})`)).toEqual(['functions on 5002 instead of 5001']);
});

test('what local.json says of the last start is read, as far as it is there and on this machine', () => {
  const local = { origin: 'http://127.0.0.1:5002', auth: '127.0.0.1:9099', firestore: 'elsewhere:8080' };
  expect(evaluated(SUITE, `it.formerPorts(${JSON.stringify(local)})`)).toEqual({ functions: 5002, auth: 9099 });
});
