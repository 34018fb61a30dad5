// Writes ../circl-signatures.json: keys, messages and signatures made by Cloudflare's CIRCL, and for each of them
// damages with CIRCL's own verdict: flipped bits, wrong lengths, hints that only a lax decoder takes, another's key.
// Run `go run .` in this folder; users and CI need no Go.
// It also writes ../circl-digests.json: more keys and signatures, as hashes alone.
// `node own-signatures.mjs | go run . check` writes ../circl-verdicts.json: CIRCL's verdicts on signatures of ours.
package main

import (
	"crypto/sha3"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/cloudflare/circl/sign"
	"github.com/cloudflare/circl/sign/dilithium/mode3"
	"github.com/cloudflare/circl/sign/mldsa/mldsa44"
	"github.com/cloudflare/circl/sign/mldsa/mldsa65"
	"github.com/cloudflare/circl/sign/mldsa/mldsa87"
)

// One bit of a part ("message", "signature", "publicKey") changed, and CIRCL's answer.
type flipVerdict struct {
	Part  string `json:"part"`
	Byte  int    `json:"byte"`
	Bit   int    `json:"bit"`
	Valid bool   `json:"valid"`
}

// A part cut to a length, or extended to it with zeros, and CIRCL's answer.
type resizeVerdict struct {
	Part   string `json:"part"`
	Length int    `json:"length"`
	Valid  bool   `json:"valid"`
}

// Bytes of the signature overwritten (offset, value, offset, value, ...), and CIRCL's answer.
type editVerdict struct {
	What  string `json:"what"`
	Bytes []int  `json:"bytes"`
	Valid bool   `json:"valid"`
}

type vector struct {
	Scheme    string          `json:"scheme"`
	Seed      string          `json:"seed"`
	PublicKey string          `json:"publicKey"`
	Message   string          `json:"message"`
	Signature string          `json:"signature"`
	Valid     bool            `json:"valid"`
	Damages   []flipVerdict   `json:"damages"`
	Resizes   []resizeVerdict `json:"resizes"`
	Edits     []editVerdict   `json:"edits"`
	// CIRCL's answer under the public key of the same scheme's next vector (the last one's next is the first).
	OtherKeyValid bool `json:"otherKeyValid"`
}

// noise is a deterministic stream of bytes: SHAKE256 of a label and a number.
func noise(label string, index, length int) []byte {
	hash := sha3.NewSHAKE256()
	hash.Write([]byte(label))
	binary.Write(hash, binary.LittleEndian, uint64(index))
	out := make([]byte, length)
	hash.Read(out)
	return out
}

func dilithium3(seed []byte) ([]byte, func([]byte) []byte, func(pk, msg, sig []byte) bool) {
	var fixed [mode3.SeedSize]byte
	copy(fixed[:], seed)
	public, private := mode3.NewKeyFromSeed(&fixed)
	signMessage := func(msg []byte) []byte {
		sig := make([]byte, mode3.SignatureSize)
		mode3.SignTo(private, msg, sig)
		return sig
	}
	verify := func(pk, msg, sig []byte) bool {
		var key mode3.PublicKey
		if key.UnmarshalBinary(pk) != nil {
			return false
		}
		return mode3.Verify(&key, msg, sig)
	}
	return public.Bytes(), signMessage, verify
}

func mldsa(scheme sign.Scheme) func(seed []byte) ([]byte, func([]byte) []byte, func(pk, msg, sig []byte) bool) {
	return func(seed []byte) ([]byte, func([]byte) []byte, func(pk, msg, sig []byte) bool) {
		public, private := scheme.DeriveKey(seed)
		bytes, _ := public.MarshalBinary()
		signMessage := func(msg []byte) []byte { return scheme.Sign(private, msg, nil) }
		verify := func(pk, msg, sig []byte) bool {
			key, err := scheme.UnmarshalBinaryPublicKey(pk)
			return err == nil && scheme.Verify(key, msg, sig, nil)
		}
		return bytes, signMessage, verify
	}
}

// keyed is a scheme for one key: what is public of it, how it signs, and how any key of the scheme verifies.
type keyed = func(seed []byte) ([]byte, func([]byte) []byte, func(pk, msg, sig []byte) bool)

type scheme struct {
	name string
	make keyed
	// omega and k of the parameter set: a signature ends with omega places of hints and k counts of them.
	omega, k int
}

var schemes = []scheme{
	{"ml-dsa-44", mldsa(mldsa44.Scheme()), 80, 4},
	{"ml-dsa-65", mldsa(mldsa65.Scheme()), 55, 6},
	{"ml-dsa-87", mldsa(mldsa87.Scheme()), 75, 8},
	{"dilithium3", dilithium3, 55, 6},
}

func flip(bytes []byte, at, bit int) []byte {
	changed := append([]byte{}, bytes...)
	changed[at] ^= 1 << bit
	return changed
}

func resize(bytes []byte, length int) []byte {
	return append([]byte{}, append(bytes, make([]byte, max(0, length-len(bytes)))...)[:length]...)
}

// hintEdits are changes to the hints that a strict decoder refuses: order, repetition, counts, padding.
func hintEdits(signature []byte, omega, k int) []editVerdict {
	at := len(signature) - omega - k
	total := int(signature[len(signature)-1])
	first := int(signature[at+omega])
	edits := []editVerdict{
		{What: "a count past omega", Bytes: []int{len(signature) - 1, omega + 1}},
		{What: "a count of 255", Bytes: []int{at + omega, 255}},
		{What: "counts that fall", Bytes: []int{at + omega, omega, at + omega + 1, 0}},
		{What: "no hints", Bytes: []int{}},
	}
	for index := 0; index < k; index++ {
		edits[3].Bytes = append(edits[3].Bytes, at+omega+index, 0)
	}
	if first >= 2 {
		a, b := int(signature[at]), int(signature[at+1])
		edits = append(edits,
			editVerdict{What: "two hints swapped", Bytes: []int{at, b, at + 1, a}},
			editVerdict{What: "a hint twice", Bytes: []int{at + 1, a}})
	}
	if total < omega {
		edits = append(edits,
			editVerdict{What: "a byte behind the hints", Bytes: []int{at + total, 1}},
			editVerdict{What: "a hint more", Bytes: []int{at + total, 255, len(signature) - 1, total + 1}})
	}
	return edits
}

func makeVectors(own scheme, lengths []int) []vector {
	var vectors []vector
	var verifiers []func(pk, msg, sig []byte) bool
	for index, length := range lengths {
		seed := noise(own.name+" seed", index, 32)
		message := noise(own.name+" message", index, length)
		public, signMessage, verify := own.make(seed)
		signature := signMessage(message)
		entry := vector{
			Scheme: own.name, Seed: encode(seed), PublicKey: encode(public), Message: encode(message),
			Signature: encode(signature), Valid: verify(public, message, signature),
		}
		parts := map[string][]byte{"message": message, "signature": signature, "publicKey": public}
		with := func(part string, bytes []byte) bool {
			changed := map[string][]byte{"message": message, "signature": signature, "publicKey": public, part: bytes}
			return verify(changed["publicKey"], changed["message"], changed["signature"])
		}
		flipAt := func(part string, at, bit int) {
			entry.Damages = append(entry.Damages, flipVerdict{part, at, bit, with(part, flip(parts[part], at, bit))})
		}
		picks := noise(own.name+" damage", index, 256)
		pick := func(number, below int) int { return int(binary.LittleEndian.Uint16(picks[2*number:])) % below }
		bit := func(number int) int { return int(picks[128+number] & 7) }
		for number := 0; number < 20; number++ {
			flipAt("signature", pick(number, len(signature)), bit(number))
		}
		// The challenge's last byte, the response's first and last, and every byte of the hints' counts.
		for number, at := range []int{31, 32, 47, 48, 63, 64, len(signature) - own.omega - own.k - 1} {
			flipAt("signature", at, bit(20+number))
		}
		for number := 0; number < own.k; number++ {
			flipAt("signature", len(signature)-1-number, bit(30+number))
		}
		for number := 0; number < 6; number++ {
			flipAt("signature", len(signature)-own.k-1-pick(30+number, own.omega), bit(40+number))
			flipAt("publicKey", pick(40+number, len(public)), bit(50+number))
		}
		flipAt("publicKey", 0, 0)
		flipAt("publicKey", len(public)-1, 7)
		for number := 0; number < 4 && length > 0; number++ {
			flipAt("message", pick(50+number, length), bit(60+number))
		}
		for _, part := range []string{"message", "signature", "publicKey"} {
			size := len(parts[part])
			for _, length := range []int{0, 1, 32, size / 2, size - 1, size + 1, size + 16, 2*size + 1} {
				if length < 0 || length == size {
					continue
				}
				entry.Resizes = append(entry.Resizes,
					resizeVerdict{part, length, with(part, resize(parts[part], length))})
			}
		}
		for _, edit := range hintEdits(signature, own.omega, own.k) {
			changed := append([]byte{}, signature...)
			for at := 0; at < len(edit.Bytes); at += 2 {
				changed[edit.Bytes[at]] = byte(edit.Bytes[at+1])
			}
			edit.Valid = with("signature", changed)
			entry.Edits = append(entry.Edits, edit)
		}
		vectors = append(vectors, entry)
		verifiers = append(verifiers, verify)
	}
	for index := range vectors {
		entry := &vectors[index]
		other := decode(vectors[(index+1)%len(vectors)].PublicKey)
		entry.OtherKeyValid = verifiers[index](other, decode(entry.Message), decode(entry.Signature))
	}
	return vectors
}

// One signature made elsewhere, as check reads it, and what check writes of it.
type foreign struct {
	Scheme    string `json:"scheme"`
	Label     string `json:"label"`
	PublicKey string `json:"publicKey"`
	Message   string `json:"message"`
	Signature string `json:"signature"`
}

type foreignVerdict struct {
	Scheme          string `json:"scheme"`
	Label           string `json:"label"`
	Message         string `json:"message"`
	PublicKeyHash   string `json:"publicKeySha3"`
	SignatureHash   string `json:"signatureSha3"`
	Valid           bool   `json:"valid"`
	ValidForAnother bool   `json:"validForAnotherMessage"`
}

// check reads signatures from standard input and writes CIRCL's verdicts, the long values as their SHA3-256.
func check() {
	var entries []foreign
	if err := json.NewDecoder(os.Stdin).Decode(&entries); err != nil {
		panic(err)
	}
	var verdicts []foreignVerdict
	for _, entry := range entries {
		for _, own := range schemes {
			if own.name != entry.Scheme {
				continue
			}
			_, _, verify := own.make(make([]byte, 32))
			public, message, signature := decode(entry.PublicKey), decode(entry.Message), decode(entry.Signature)
			verdicts = append(verdicts, foreignVerdict{
				entry.Scheme, entry.Label, entry.Message, hash(public), hash(signature),
				verify(public, message, signature), verify(public, append(message, 0), signature),
			})
		}
	}
	write("../circl-verdicts.json", verdicts)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "check" {
		check()
		return
	}
	var vectors []vector
	for _, own := range schemes {
		vectors = append(vectors, makeVectors(own, []int{0, 1, 32, 96, 300, 1000})...)
	}
	write("../circl-signatures.json", vectors)
	var digests []digest
	for _, own := range schemes {
		for index := 0; index < 25; index++ {
			length := 41 * index * index
			public, signMessage, _ := own.make(noise(own.name+" key", index, 32))
			signature := signMessage(noise(own.name+" text", index, length))
			digests = append(digests, digest{own.name, index, length, hash(public), hash(signature)})
		}
	}
	write("../circl-digests.json", digests)
}

// A key and a deterministic signature as their SHA3-256. The seed is noise("SCHEME key", index), 32 bytes, and the message
// noise("SCHEME text", index) of that length.
type digest struct {
	Scheme        string `json:"scheme"`
	Index         int    `json:"index"`
	Length        int    `json:"length"`
	PublicKeyHash string `json:"publicKeySha3"`
	SignatureHash string `json:"signatureSha3"`
}

// write makes a JSON array with one entry a line.
func write[T any](path string, entries []T) {
	file, err := os.Create(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	for index, entry := range entries {
		line, err := json.Marshal(entry)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(file, "%s%s", map[bool]string{true: "[\n", false: ",\n"}[index == 0], line)
	}
	fmt.Fprintln(file, "\n]")
	fmt.Println(len(entries), "entries in", path)
}

func hash(bytes []byte) string {
	sum := sha3.Sum256(bytes)
	return hex.EncodeToString(sum[:])
}

func decode(text string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return bytes
}

func encode(bytes []byte) string { return base64.StdEncoding.EncodeToString(bytes) }
