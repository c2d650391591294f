import * as contract from '@quarterdeck/contract';
import { z } from 'zod';

/** What others hold on to, as lines that a person can compare: pinned in test/pins/outward.json, which `npm run pins` writes. */
export interface Outward {
  readonly operations: Readonly<Record<string, OperationOutline>>;
  /** Fields of the answers' parts, by the part's name and the field's. */
  readonly views: Readonly<Record<string, Fields>>;
}

interface OperationOutline {
  readonly callable: string;
  readonly effect: string;
  readonly access: string;
  readonly doors: string;
  readonly input: Fields;
  /** Names alone; `?` where one may be absent. */
  readonly output: string;
  readonly errors: string;
}

/** From a field's name, with `?` where it may be absent, to its type. */
type Fields = Readonly<Record<string, string>>;

/** As the contract has it now. */
export function outward(): Outward {
  return {
    operations: Object.fromEntries(
      contract.allOperations.map(({ name, effect, access, doors, input, output, errors }) => [
        name,
        {
          callable: contract.callableName(name),
          effect,
          access: access.join(' '),
          doors: doors.join(' '),
          input: fieldsOf(input),
          output: Object.keys(fieldsOf(output)).join(' '),
          errors: errors.join(' '),
        },
      ]),
    ),
    views: Object.fromEntries(
      Object.entries(contract)
        .flatMap(([name, view]) =>
          VIEW.test(name) && view instanceof z.ZodObject ? [[name, fieldsOf(view)] as const] : [],
        )
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** What answers are made of. */
const VIEW = /View$|^(FleetSummary|Inbox|TimelinePoint)$/;

function fieldsOf({ shape }: z.ZodObject): Fields {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [`${name}${mayBeAbsent(field)}`, outline(field)]),
  );
}

function mayBeAbsent(field: z.core.$ZodType): '?' | '' {
  return z.safeParse(field, undefined).success ? '?' : '';
}

interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.core.$ZodType>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly valueType?: z.core.$ZodType;
  readonly entries?: Record<string, string>;
  readonly values?: readonly unknown[];
}

/** A schema in one line: `{name: string, state?: working|blocked}`. */
function outline(schema: z.core.$ZodType): string {
  const { type, shape, innerType, element, options, valueType, entries, values } = schema._zod
    .def as unknown as Definition;
  if (shape) {
    const fields = Object.entries(shape).map(([name, field]) => `${name}${mayBeAbsent(field)}: ${outline(field)}`);
    return `{${fields.join(', ')}}`;
  }
  if (innerType) return type === 'nullable' ? `${outline(innerType)}|null` : outline(innerType);
  if (element) return `[${outline(element)}]`;
  if (options) return options.map(outline).join('|');
  if (entries) return Object.values(entries).join('|');
  if (values) return values.join('|');
  if (type === 'record' && valueType) return `{*: ${outline(valueType)}}`;
  return type;
}
