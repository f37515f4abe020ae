import { elementsOf, numberOf, type SvgElement } from "./svg-tree.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The shapes of a pattern all over a box. What is as wide or as high as a tile is drawn once and long, so that no seams show.
 * @returns turn by how many degrees the shapes are turned around the origin
 */
export function tilesOf(pattern: SvgElement, box: Box): { turn: number; shapes: SvgElement[] } {
  const tile = { width: numberOf(pattern, "width"), height: numberOf(pattern, "height") };
  const turn = Number(/^rotate\((-?[\d.]+)\)$/.exec(pattern.attributes.patternTransform ?? "")?.[1] ?? 0);
  const area = areaOf(box, turn, tile);
  return { turn, shapes: elementsOf(pattern).flatMap((mark) => repeated(mark, tile, area)) };
}

type Size = Pick<Box, "width" | "height">;

/** The box as seen with the turn, out to whole tiles. */
function areaOf({ x, y, width, height }: Box, turn: number, tile: Size): Box {
  const angle = (-turn * Math.PI) / 180;
  const corners = [x, x + width].flatMap((cx) =>
    [y, y + height].map((cy) => [
      cx * Math.cos(angle) - cy * Math.sin(angle),
      cx * Math.sin(angle) + cy * Math.cos(angle),
    ]),
  );
  const from = (axis: number, step: number) =>
    Math.floor(Math.min(...corners.map((one) => one[axis]!)) / step) * step;
  const to = (axis: number, step: number) =>
    Math.ceil(Math.max(...corners.map((one) => one[axis]!)) / step) * step;
  const [left, top] = [from(0, tile.width), from(1, tile.height)];
  return { x: left, y: top, width: to(0, tile.width) - left, height: to(1, tile.height) - top };
}

function repeated(mark: SvgElement, tile: Size, area: Box): SvgElement[] {
  const wide = mark.name === "rect" && numberOf(mark, "width") === tile.width;
  const high = mark.name === "rect" && numberOf(mark, "height") === tile.height;
  const [xName, yName] = mark.name === "circle" ? ["cx", "cy"] : ["x", "y"];
  const shapes: SvgElement[] = [];
  for (let x = 0; x < (wide ? 1 : area.width); x += tile.width) {
    for (let y = 0; y < (high ? 1 : area.height); y += tile.height) {
      const attributes = {
        ...mark.attributes,
        [xName]: String(area.x + x + numberOf(mark, xName)),
        [yName]: String(area.y + y + numberOf(mark, yName)),
        ...(wide ? { width: String(area.width) } : {}),
        ...(high ? { height: String(area.height) } : {}),
      };
      shapes.push({ ...mark, attributes });
    }
  }
  return shapes;
}
