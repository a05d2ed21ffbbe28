/** Once a form has been looked over: brings who fills it in to the first field that is not right. */
export function focusInvalid(within: ParentNode | null): void {
  requestAnimationFrame(() => within?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
