import fs from "node:fs";
import { type Random, seededRandom } from "../../server/statistics/resampling/random.ts";

/**
 * Writes a language model of random weights in the form that llama.cpp loads (GGUF version 3: github.com/ggml-org/ggml,
 * docs/gguf.md): the architecture of Llama, 400,000 weights, a token per byte. It knows nothing, and the same seed
 * writes the same file.
 */
export function writeRandomModel(file: string, seed: string): void {
  const random = seededRandom(seed);
  const tensors = SHAPES.map(([name, ...shape]) => ({ name, shape, data: weights(random, shape) }));
  let offset = 0;
  const infos = tensors.map(({ name, shape, data }) => {
    const sizes = shape.map((size) => u64(size));
    const info = Buffer.concat([text(name), u32(shape.length), ...sizes, u32(F32_TENSOR), u64(offset)]);
    offset += data.length; // each is a multiple of the alignment, 32 bytes
    return info;
  });
  const head = Buffer.concat([
    ...[Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(METADATA.length)],
    ...METADATA.map(([key, value]) => Buffer.concat([text(key), value])),
    ...infos,
  ]);
  const padding = Buffer.alloc((32 - (head.length % 32)) % 32);
  fs.writeFileSync(file, Buffer.concat([head, padding, ...tensors.map(({ data }) => data)]));
}

/** Tokens that a request and its reply may have together. */
export const CONTEXT = 8192;
const WIDTH = 128;
const INNER = 256;
const LAYERS = [0, 1];

const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: number): Buffer => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const f32 = (value: number): Buffer => Buffer.from(Float32Array.of(value).buffer);
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
};

/** Numbers by which the format names the types of values, and of tensors. */
const [U32, I32, F32, BOOL, STRING, ARRAY, F32_TENSOR] = [4, 5, 6, 7, 8, 9, 0];
const count = (value: number) => Buffer.concat([u32(U32), u32(value)]);
const no = Buffer.concat([u32(BOOL), Buffer.of(0)]);
const word = (value: string) => Buffer.concat([u32(STRING), text(value)]);
const list = (type: number, values: readonly Buffer[]) =>
  Buffer.concat([u32(ARRAY), u32(type), u64(values.length), ...values]);

/** Each byte, and the space, which the tokenizer writes as ▁. With each, its kind. */
const [NORMAL, UNKNOWN, CONTROL, BYTE] = [1, 2, 3, 6];
const TOKENS: readonly (readonly [token: string, kind: number])[] = [
  ["<unk>", UNKNOWN],
  ["<s>", CONTROL],
  ["</s>", CONTROL],
  ...Array.from(
    { length: 256 },
    (_, byte) => [`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`, BYTE] as const,
  ),
  ["▁", NORMAL],
];

const METADATA: readonly (readonly [key: string, value: Buffer])[] = [
  ["general.architecture", word("llama")],
  ["general.name", word("random weights")],
  ["llama.vocab_size", count(TOKENS.length)],
  ["llama.context_length", count(CONTEXT)],
  ["llama.embedding_length", count(WIDTH)],
  ["llama.block_count", count(LAYERS.length)],
  ["llama.feed_forward_length", count(INNER)],
  ["llama.attention.head_count", count(4)],
  ["llama.attention.head_count_kv", count(4)],
  ["llama.attention.layer_norm_rms_epsilon", Buffer.concat([u32(F32), f32(1e-5)])],
  ["llama.rope.dimension_count", count(WIDTH / 4)],
  ["tokenizer.ggml.model", word("llama")],
  [
    "tokenizer.ggml.tokens",
    list(
      STRING,
      TOKENS.map(([token]) => text(token)),
    ),
  ],
  [
    "tokenizer.ggml.scores",
    list(
      F32,
      TOKENS.map(() => f32(0)),
    ),
  ],
  [
    "tokenizer.ggml.token_type",
    list(
      I32,
      TOKENS.map(([, kind]) => u32(kind)),
    ),
  ],
  ["tokenizer.ggml.unknown_token_id", count(0)],
  ["tokenizer.ggml.bos_token_id", count(1)],
  ["tokenizer.ggml.eos_token_id", count(2)],
  ["tokenizer.ggml.add_space_prefix", no],
];

const SHAPES: readonly (readonly [name: string, ...shape: number[]])[] = [
  ["token_embd.weight", WIDTH, TOKENS.length],
  ...LAYERS.flatMap((layer): [string, ...number[]][] => [
    [`blk.${layer}.attn_norm.weight`, WIDTH],
    [`blk.${layer}.attn_q.weight`, WIDTH, WIDTH],
    [`blk.${layer}.attn_k.weight`, WIDTH, WIDTH],
    [`blk.${layer}.attn_v.weight`, WIDTH, WIDTH],
    [`blk.${layer}.attn_output.weight`, WIDTH, WIDTH],
    [`blk.${layer}.ffn_norm.weight`, WIDTH],
    [`blk.${layer}.ffn_gate.weight`, WIDTH, INNER],
    [`blk.${layer}.ffn_up.weight`, WIDTH, INNER],
    [`blk.${layer}.ffn_down.weight`, INNER, WIDTH],
  ]),
  ["output_norm.weight", WIDTH],
  ["output.weight", WIDTH, TOKENS.length],
];

/** Uniform, with the variance that keeps sums of unit variance; norms are 1. */
function weights(random: Random, shape: readonly number[]): Buffer {
  const [inputs = 1, outputs] = shape;
  const width = Math.sqrt(3 / inputs);
  const values = Float32Array.from({ length: inputs * (outputs ?? 1) }, () =>
    outputs === undefined ? 1 : (random() / 2 ** 31 - 1) * width,
  );
  return Buffer.from(values.buffer);
}
