/** The keyboard goes where the question is, once: a ref of the element that answers it. */
export function focusOnce(element: HTMLElement | null): void {
  if (element && !element.dataset.focused) {
    element.dataset.focused = "yes";
    element.focus();
  }
}
