/** The first line of a file that holds an export says what it is … */
export const EXPORT_FORMAT = 'quarterdeck-export';
/** … and how it is to be read. */
export const EXPORT_VERSION = 1;

/** The first line of the file, as JSON. The records follow, one a line (jsonlines.org). */
export function exportHeader(exportedAt: Date): string {
  return JSON.stringify({ format: EXPORT_FORMAT, version: EXPORT_VERSION, exportedAt: exportedAt.toISOString() });
}
