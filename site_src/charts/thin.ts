/**
 * Keeps at most `limit` evenly spaced items, the first and the last always among them.
 *
 * A chart a few hundred pixels wide cannot show more, and drawing time grows with the points.
 */
export function thin<T>(items: readonly T[], limit = 1000): T[] {
  if (items.length <= limit) return [...items];
  const stride = (items.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, index) => items[Math.round(index * stride)] as T);
}
