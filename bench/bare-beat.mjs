// @ts-check
/**
 * What a beat writes, written by the Admin SDK alone.
 *
 * @param {import('firebase-admin/firestore').Firestore} db
 * @param {string} path of a session
 * @param {number} contextBytes
 */
export function bareBeat(db, path, contextBytes) {
  const at = new Date();
  return db.doc(path).update({ lastHeartbeat: at, lastActivityAt: at, contextBytes });
}
