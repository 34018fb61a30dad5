// The part of a generated C header that is the same for every contract; a file that includes several has it once.

/** Names that the header has for itself, and C's own. */
export const C_KEYWORDS = (
  "auto break case char const continue default do double else enum extern float for goto if inline int long register " +
  "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false " +
  "asm typeof NULL _Bool _Complex _Imaginary _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local " +
  "and or not xor bitand bitor compl and_eq or_eq xor_eq not_eq class delete new this template public private protected " +
  "virtual friend operator namespace using try catch throw typename mutable explicit export constexpr nullptr"
).split(" ");

/** Before the interface's own types. */
export const C_HEAD = `#ifndef QWVM_CALLS_H
#define QWVM_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers that C lacks are their bytes, the lowest first; signed ones in two's complement. */
typedef struct { uint8_t le[16]; } qw_u128;
typedef struct { uint8_t le[16]; } qw_i128;
typedef struct { uint8_t le[32]; } qw_u256;
typedef struct { uint8_t le[32]; } qw_i256;
typedef struct { uint8_t bytes[20]; } qw_address;
typedef struct { uint8_t bytes[32]; } qw_hash;
/* Bytes, or text in UTF-8, which is not checked. What a call gives lies in its arena. */
typedef struct { const uint8_t *data; uint32_t length; } qw_bytes;

/* Memory that calls take from, from its beginning on: arguments, answers, and what lists and options point to. */
typedef struct { uint8_t *at; uint8_t *end; } qw_arena;

typedef enum {
  QW_OK = 0,
  /* The other contract failed; everything it did is undone. */
  QW_FAILED = 1,
  /* It succeeded, but the answer is not what the interface says. */
  QW_BAD_RESULT = 2,
  /* It succeeded, but the arena has no room for the answer. */
  QW_NO_ROOM = 3,
  /* The arena has no room for the arguments: nothing was called. */
  QW_NOT_CALLED = 4
} qw_status;

typedef struct {
  qw_status status;
  /* Of a failure: the first four bytes of the revert data; 0xffffffff when there are none. 0 is a text, see qw_message. */
  uint32_t code;
  /* The answer as bytes, or the revert data; cut where the room ended. */
  qw_bytes data;
} qw_outcome;

__attribute__((import_module("env"), import_name("qw_call_contract")))
extern int32_t qwvm_host_call(const void *address, const void *method, uint32_t method_length, const void *args,
                              uint32_t args_length, void *result, uint32_t result_length);

static inline qw_arena qw_arena_of(void *memory, size_t size) {
  qw_arena arena = {(uint8_t *)memory, (uint8_t *)memory + size};
  return arena;
}

static inline qw_u128 qw_u128_of(uint64_t value) {
  qw_u128 number = {{0}};
  for (uint32_t i = 0; i < 8; i++) number.le[i] = (uint8_t)(value >> (8 * i));
  return number;
}

static inline qw_u256 qw_u256_of(uint64_t value) {
  qw_u256 number = {{0}};
  for (uint32_t i = 0; i < 8; i++) number.le[i] = (uint8_t)(value >> (8 * i));
  return number;
}

/* Room for a value, on a multiple of eight; NULL when there is none. */
static inline void *qw_take(qw_arena *arena, uint64_t size) {
  uint64_t pad = (8 - ((uintptr_t)arena->at & 7)) & 7;
  if (size + pad > (uint64_t)(arena->end - arena->at)) return NULL;
  uint8_t *at = arena->at + pad;
  arena->at = at + size;
  return at;
}

typedef struct { uint8_t *at; uint8_t *end; bool full; } qw_writer;
typedef struct { const uint8_t *at; const uint8_t *end; qw_arena *arena; bool bad; bool full; } qw_reader;

static inline void qw_put(qw_writer *out, const uint8_t *bytes, uint32_t length) {
  if (length > (uint64_t)(out->end - out->at)) {
    out->full = true;
    return;
  }
  for (uint32_t i = 0; i < length; i++) out->at[i] = bytes[i];
  out->at += length;
}

static inline void qw_put_number(qw_writer *out, uint64_t value, uint32_t length) {
  uint8_t bytes[8];
  for (uint32_t i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
  qw_put(out, bytes, length);
}

static inline void qw_put_bytes(qw_writer *out, qw_bytes value) {
  qw_put_number(out, value.length, 4);
  qw_put(out, value.data, value.length);
}

static inline void qw_get(qw_reader *in, uint8_t *bytes, uint32_t length) {
  if (length > (uint64_t)(in->end - in->at)) {
    in->bad = true;
    return;
  }
  for (uint32_t i = 0; i < length; i++) bytes[i] = in->at[i];
  in->at += length;
}

static inline uint64_t qw_get_number(qw_reader *in, uint32_t length) {
  uint8_t bytes[8] = {0};
  uint64_t value = 0;
  qw_get(in, bytes, length);
  for (uint32_t i = 0; i < 8; i++) value |= (uint64_t)bytes[i] << (8 * i);
  return value;
}

/* A number below a bound: a flag, or an enum's byte. */
static inline uint32_t qw_get_below(qw_reader *in, uint32_t bound) {
  uint32_t value = (uint32_t)qw_get_number(in, 1);
  if (value >= bound) in->bad = true;
  return in->bad ? 0 : value;
}

static inline qw_bytes qw_get_bytes(qw_reader *in) {
  qw_bytes value = {NULL, (uint32_t)qw_get_number(in, 4)};
  if (in->bad || value.length > (uint64_t)(in->end - in->at)) {
    in->bad = true;
    value.length = 0;
    return value;
  }
  value.data = in->at;
  in->at += value.length;
  return value;
}

/* Room for what is read; NULL after a mistake, too. */
static inline void *qw_get_room(qw_reader *in, uint64_t count, uint64_t size) {
  if (in->bad || in->full) return NULL;
  void *room = count > 0xffffffffu / (size + 1) ? NULL : qw_take(in->arena, count * size);
  if (room == NULL) in->full = true;
  return room;
}

/* How many items a list says it has; \`least\` is the fewest bytes of one. */
static inline uint32_t qw_get_count(qw_reader *in, uint32_t least) {
  uint32_t count = (uint32_t)qw_get_number(in, 4);
  if ((uint64_t)count * least > (uint64_t)(in->end - in->at)) in->bad = true;
  return in->bad ? 0 : count;
}

/* Arguments go to the arena's beginning, the answer behind them: both stay there. */
static inline qw_writer qw_begin(qw_arena *arena) {
  qw_writer out = {arena->at, arena->end, false};
  return out;
}

static inline qw_outcome qw_call(qw_arena *arena, const qw_address *contract, const char *method,
                                 uint32_t method_length, qw_writer args, uint32_t room) {
  qw_outcome outcome = {QW_NOT_CALLED, 0xffffffffu, {NULL, 0}};
  if (args.full) return outcome;
  uint8_t *begin = arena->at;
  uint32_t left = (uint32_t)(arena->end - args.at);
  if (room > left) room = left;
  int32_t length = qwvm_host_call(contract->bytes, method, method_length, begin, (uint32_t)(args.at - begin), args.at, room);
  uint32_t total = (uint32_t)(length < 0 ? -1 - length : length);
  outcome.status = length < 0 ? QW_FAILED : total > room ? QW_NO_ROOM : QW_OK;
  outcome.data.data = args.at;
  outcome.data.length = total < room ? total : room;
  arena->at = args.at + outcome.data.length;
  if (length < 0 && outcome.data.length >= 4) {
    outcome.code = (uint32_t)args.at[0] | (uint32_t)args.at[1] << 8 | (uint32_t)args.at[2] << 16 | (uint32_t)args.at[3] << 24;
  }
  return outcome;
}

static inline qw_reader qw_read(qw_arena *arena, const qw_outcome *outcome, uint32_t skip) {
  qw_reader in = {outcome->data.data + skip, outcome->data.data + outcome->data.length, arena, false, false};
  return in;
}

/* The outcome when all bytes have been read into a result, or not. */
static inline void qw_finish(qw_outcome *outcome, const qw_reader *in) {
  if (in->full) outcome->status = QW_NO_ROOM;
  if (in->bad || (!in->full && in->at != in->end)) outcome->status = QW_BAD_RESULT;
}

/* The text of a failure with the code 0, as \`require\` and \`revert\` give it. */
static inline bool qw_message(const qw_outcome *outcome, qw_bytes *text) {
  if (outcome->status != QW_FAILED || outcome->code != 0) return false;
  qw_reader in = qw_read(NULL, outcome, 4);
  *text = qw_get_bytes(&in);
  return !in.bad && in.at == in.end;
}

#endif
`;
