/**
 * The order of a table: one of its columns, up or down. In a URL it is the column's name, with a minus in front where the
 * largest come first.
 */
export interface Sort<Key extends string = string> {
  by: Key;
  descending: boolean;
}

/** What a column is sorted by: a number, a text, or nothing to say. */
export type SortValue = number | string | null;

/** Reads an order; what names no column of the table is the table's usual order. */
export function parseSort<Key extends string>(
  text: string | undefined,
  columns: readonly Key[],
  usual: Sort<Key>,
): Sort<Key> {
  const descending = text?.startsWith("-") ?? false;
  const by = columns.find((column) => column === (descending ? text?.slice(1) : text));
  return by ? { by, descending } : usual;
}

export const writeSort = ({ by, descending }: Sort): string => (descending ? `-${by}` : by);

/**
 * The rows in an order. Rows with nothing to say come last whichever way, and equal ones keep their place.
 * @param locale by which texts are compared
 */
export function sortRows<T>(
  rows: readonly T[],
  value: (row: T) => SortValue,
  { descending }: Pick<Sort, "descending">,
  locale: string,
): T[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const order = (a: NonNullable<SortValue>, b: NonNullable<SortValue>) =>
    typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
  return rows
    .map((row) => ({ row, key: value(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return descending ? order(b.key, a.key) : order(a.key, b.key);
    })
    .map(({ row }) => row);
}

/** The ways in which a table can be sorted. */
export interface Orders<Row> {
  /** The order that an address asks for, or the usual one. */
  read(text: string | undefined): Sort;
  apply(rows: readonly Row[], sort: Sort, locale: string): Row[];
}

/** The orders of a table. @param values what each column is sorted by */
export function ordersOf<Row, Key extends string>(
  values: Readonly<Record<Key, (row: Row) => SortValue>>,
  usual: Sort<NoInfer<Key>>,
): Orders<Row> {
  const columns = Object.keys(values) as Key[];
  return {
    read: (text) => parseSort(text, columns, usual),
    apply: (rows, sort, locale) => sortRows(rows, values[sort.by as Key], sort, locale),
  };
}
