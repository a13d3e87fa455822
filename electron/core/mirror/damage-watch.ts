import { AppError } from '../errors.ts';
import type { Mirror } from './database.ts';

/** The same mirror; whoever meets a damaged page still hears of it, and `onDamaged` is told too. [F2] */
export function watchDamage(mirror: Mirror, onDamaged: (error: AppError) => void): Mirror {
  const watched = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof AppError && error.kind === 'database-damaged') onDamaged(error);
      throw error;
    }
  };
  return {
    all: (sql, bindings) => watched(() => mirror.all(sql, bindings)),
    get: (sql, bindings) => watched(() => mirror.get(sql, bindings)),
    transact: (work, durable) => watched(() => mirror.transact(work, durable)),
    onCommit: (listener) => mirror.onCommit(listener),
    logPages: () => mirror.logPages(),
    emptyLog: () => mirror.emptyLog(),
    wipeTraces: () => mirror.wipeTraces(),
    close: () => mirror.close(),
  };
}
