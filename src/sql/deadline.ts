/**
 * What `promise` resolves with, or, after so many milliseconds, what `onTimeout` returns or throws. A promise that settles too
 * late is not heard of again.
 */
export async function within<T>(milliseconds: number, promise: Promise<T>, onTimeout: () => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, milliseconds, "late");
  });
  const answer = promise.then((value) => ({ value }));
  try {
    const first = await Promise.race([answer, deadline]);
    return first === "late" ? onTimeout() : first.value;
  } finally {
    clearTimeout(timer);
    answer.catch(() => {});
  }
}

/** Resolves after so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
