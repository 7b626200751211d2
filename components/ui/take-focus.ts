/** A `ref` for what replaces the thing that had the focus: takes it over when it appears. Needs `tabIndex={-1}`. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
