// Writes ../circl-signatures.json: keys, messages and signatures made by Cloudflare's CIRCL, and for each of them a
// list of damages with CIRCL's own verdict. Run `go run .` in this folder; users and CI need no Go.
package main

import (
	"crypto/sha3"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"

	"github.com/cloudflare/circl/sign"
	"github.com/cloudflare/circl/sign/dilithium/mode3"
	"github.com/cloudflare/circl/sign/mldsa/mldsa44"
	"github.com/cloudflare/circl/sign/mldsa/mldsa65"
	"github.com/cloudflare/circl/sign/mldsa/mldsa87"
)

type verdict struct {
	// What was changed ("message", "signature", "publicKey"), how ("flip": one bit at this byte), and CIRCL's answer.
	Part  string `json:"part"`
	Byte  int    `json:"byte"`
	Bit   int    `json:"bit"`
	Valid bool   `json:"valid"`
}

type vector struct {
	Scheme    string    `json:"scheme"`
	Seed      string    `json:"seed"`
	PublicKey string    `json:"publicKey"`
	Message   string    `json:"message"`
	Signature string    `json:"signature"`
	Valid     bool      `json:"valid"`
	Damages   []verdict `json:"damages"`
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

func flip(bytes []byte, at, bit int) []byte {
	changed := append([]byte{}, bytes...)
	changed[at] ^= 1 << bit
	return changed
}

func main() {
	schemes := []struct {
		name string
		make func([]byte) ([]byte, func([]byte) []byte, func(pk, msg, sig []byte) bool)
	}{
		{"ml-dsa-44", mldsa(mldsa44.Scheme())},
		{"ml-dsa-65", mldsa(mldsa65.Scheme())},
		{"ml-dsa-87", mldsa(mldsa87.Scheme())},
		{"dilithium3-round3", dilithium3},
	}
	lengths := []int{0, 1, 32, 96, 300}
	var lines [][]byte
	for _, scheme := range schemes {
		for index, length := range lengths {
			seed := noise(scheme.name+" seed", index, 32)
			message := noise(scheme.name+" message", index, length)
			public, signMessage, verify := scheme.make(seed)
			signature := signMessage(message)
			entry := vector{
				Scheme: scheme.name, Seed: encode(seed), PublicKey: encode(public), Message: encode(message),
				Signature: encode(signature), Valid: verify(public, message, signature),
			}
			picks := noise(scheme.name+" damage", index, 64)
			for pick := 0; pick < 12; pick++ {
				at := int(binary.LittleEndian.Uint16(picks[2*pick:]))
				bit := int(picks[40+pick] & 7)
				damage := verdict{Part: "signature", Byte: at % len(signature), Bit: bit}
				// The last bytes of a signature hold its hints: damage these too.
				if pick >= 9 {
					damage.Byte = len(signature) - 1 - pick*7
				}
				damage.Valid = verify(public, message, flip(signature, damage.Byte, bit))
				entry.Damages = append(entry.Damages, damage)
				if pick < 4 {
					other := verdict{Part: "publicKey", Byte: at % len(public), Bit: bit}
					other.Valid = verify(flip(public, other.Byte, bit), message, signature)
					entry.Damages = append(entry.Damages, other)
				}
				if pick < 3 && length > 0 {
					other := verdict{Part: "message", Byte: at % length, Bit: bit}
					other.Valid = verify(public, flip(message, other.Byte, bit), signature)
					entry.Damages = append(entry.Damages, other)
				}
			}
			line, err := json.Marshal(entry)
			if err != nil {
				panic(err)
			}
			lines = append(lines, line)
		}
	}
	file, err := os.Create("../circl-signatures.json")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	fmt.Fprintln(file, "[")
	for index, line := range lines {
		comma := ","
		if index == len(lines)-1 {
			comma = ""
		}
		fmt.Fprintf(file, "%s%s\n", line, comma)
	}
	fmt.Fprintln(file, "]")
	fmt.Println(len(lines), "vectors")
}

func encode(bytes []byte) string { return base64.StdEncoding.EncodeToString(bytes) }
