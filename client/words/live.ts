/** What `read` gives, read anew at every look; sections are live too. Empty where it gives nothing yet. */
export function live<Section extends object>(read: () => Section | null): Section {
  return new Proxy({} as Section, {
    get(_, name) {
      const key = name as keyof Section;
      const all = read();
      const found = all === null ? {} : all[key];
      const isSection = typeof found === "object" && !Array.isArray(found);
      return isSection ? live(() => (read()?.[key] ?? null) as object | null) : found;
    },
    ownKeys: () => Reflect.ownKeys(read() ?? {}),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(read() ?? {}, name),
  });
}
