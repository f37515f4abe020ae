const POOL_BYTES = 8192;

/**
 * Unpredictable bytes from `source`, drawn many at a time: drawing 16 costs nearly as much as drawing 8,192. No
 * byte is given out twice, and what was given out is wiped from the pool.
 */
export function pooledBytes(source: (size: number) => Buffer): (size: number) => Buffer {
  let pool = source(POOL_BYTES);
  let used = 0;
  return (size) => {
    if (size > POOL_BYTES / 8) return source(size);
    if (used + size > POOL_BYTES) {
      pool = source(POOL_BYTES);
      used = 0;
    }
    const bytes = Buffer.from(pool.subarray(used, used + size));
    pool.fill(0, used, used + size);
    used += size;
    return bytes;
  };
}
