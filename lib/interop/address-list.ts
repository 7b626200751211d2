/** E-mail addresses as people have them: one a line, a CSV file with other columns, or the line of addresses of a mail. */

/** A part of a list that is, or should be, an address. */
export interface ListedAddress {
  /** 1 for the first line. */
  line: number;
  /** As it was written, in lower case; a line without any address is whole. */
  text: string;
  /** Whether the line has anything that could be one. */
  found: boolean;
}

/** Finds what could be addresses, line by line: everything around an @. Whether they are any is for others to say. */
export function readAddressList(list: string): ListedAddress[] {
  return list
    .replace(/^\uFEFF/, "")
    .normalize("NFKC")
    .split(/\r\n|\r|\n/)
    .flatMap((content, index): ListedAddress[] => {
      const text = content.trim();
      const addresses = text.match(/[^\s<>()[\]"',;:]*@[^\s<>()[\]"',;:]*/g) ?? [];
      const line = index + 1;
      if (addresses.length > 0) {
        return addresses.map((address) => ({ line, text: address.toLowerCase(), found: true }));
      }
      return text === "" ? [] : [{ line, text, found: false }];
    });
}
