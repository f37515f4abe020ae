/** The keyboard goes where the question is, once: a ref of the button that answers it. */
export function focusOnce(button: HTMLButtonElement | null): void {
  if (button && !button.dataset.focused) {
    button.dataset.focused = "yes";
    button.focus();
  }
}
