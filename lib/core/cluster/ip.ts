import type { Address, Cidr } from "./objects.ts";

/** A range as numbers: its first address, and how many it has. */
export interface Range {
  first: number;
  size: number;
}

const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** An address as a number, or null for what is none. */
export function parseAddress(text: string): number | null {
  const parts = ADDRESS.exec(text);
  if (!parts) return null;
  let value = 0;
  for (let n = 1; n <= 4; n++) {
    const part = Number(parts[n]);
    if (part > 255) return null;
    value = value * 256 + part;
  }
  return value;
}

export const formatAddress = (value: number): Address =>
  `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

/** A range, or null for what is none. An address within it may be given for its first. */
export function parseCidr(text: string): Range | null {
  const [address = "", length = "", ...rest] = text.split("/");
  const value = parseAddress(address);
  if (value === null || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32) return null;
  const size = 2 ** (32 - Number(length));
  return { first: Math.floor(value / size) * size, size };
}

/** The range of a text that is known to be one; an address alone is a range of one. */
export function rangeOf(cidr: Cidr | Address): Range {
  const range = parseCidr(cidr.includes("/") ? cidr : `${cidr}/32`);
  if (!range) throw new Error(`${cidr} is no range of addresses`);
  return range;
}

/** Whether an address lies in a range. */
export function inRange(address: Address, cidr: Cidr | Address): boolean {
  const value = parseAddress(address);
  const { first, size } = rangeOf(cidr);
  return value !== null && value >= first && value < first + size;
}

/** The address at a place of a range, counted from 0. */
export const addressAt = (cidr: Cidr, place: number): Address => formatAddress(rangeOf(cidr).first + place);

/** The prefix length of the smallest range that holds so many addresses. */
export const prefixFor = (addresses: number): number => 32 - Math.ceil(Math.log2(Math.max(1, addresses)));
