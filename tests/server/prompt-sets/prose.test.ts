import { expect, test } from "vitest";
import {
  isFirstPerson,
  referenceFinder,
  REFERENCES,
  whyNotAlone,
} from "../../../server/prompt-sets/steps/prose.ts";

// LIMA, section 2.1: answers in the first person (“I”, “my”) are left out. Borderline cases, in prose, code and quotes.
test.each([
  ["I would use flour.", true],
  ["In my opinion, flour.", true],
  ["My mother used flour.", true],
  ["I've tried. It works.", true],
  ["Then I’d rest it.", true],
  ["Ask me again.", false],
  ["The disk's I/O is slow.", false],
  ["A Type I error is a false alarm.", false],
  ["World War I ended in 1918.", false],
  ["Phase I trials come first.", false],
  ["Bolt the I-beam to the wall.", false],
  ["Elizabeth I of England reigned long.", false],
  ["See Part I, and Table I.", false],
  ["When I was young, dough rose.", true],
  ["The book I read says so.", true],
  ["The part I like is the crust.", true],
  ["Use `my $x = 1;` in Perl.", false],
  ["```\nmy $x = I;\n```\nThat is all.", false],
  ["> I think so.\n\nThat is what people say.", false],
  ["He said “I will”, and did.", false],
  ["The variable $I is current.", false],
  ["Mystery novels sell.", false],
  ["", false],
])("%j is in the first person: %s", (text, is) => {
  expect(isFirstPerson(text)).toBe(is);
});

test.each([
  ["As mentioned, it rests.", "as mentioned"],
  ["Ask on Stack  Exchange.", "stack exchange"],
  ["The accepted answer is wrong.", "accepted answer"],
  ["Exchange the stack of plates.", null],
  ["It was mentioned as well.", null],
  ["```\n# as mentioned\n```\nDone.", null],
  ["Both answers above hold.", "answers above"],
])("%j refers to %s", (text, found) => {
  expect(referenceFinder(REFERENCES)(text)).toBe(found);
});

test.each([
  ["Why does dough rest before it is baked?", null],
  ["How can sound travel through walls", null],
  ["Is there a largest prime number?", null],
  ["Why does this code not compile?", "points to something that is not in it"],
  ["How do I fix the error shown in the screenshot?", "points to something that is not in it"],
  ["What is wrong with my proof that 1 = 2?", "points to something that is not in it"],
  ["Why is the sky blue? [closed]", "is marked as closed"],
  ["The best way to rest dough", "is no question"],
  ["Why do birds sing:", "goes on elsewhere"],
  ["What is X?", "is too short to say what is asked"],
])("%j stands alone: %s", (title, why) => {
  expect(whyNotAlone(title)).toBe(why);
});
