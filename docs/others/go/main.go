// Checks an export bundle with tools that know nothing of Quanheng: Go's own signed notes and tiles
// (golang.org/x/mod/sumdb/note and tlog), and the Merkle proofs of transparency-dev.
//
//	go run . BUNDLE VKEY-FILE     a bundle (a folder) of a whole log
//	go run . -vectors DIRECTORY   the Merkle proofs of the test vectors
//
// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles of the C2SP form are those of Go's with height 8, which stands in Go's paths but not in C2SP's.
const height = 8

func main() {
	var err error
	if len(os.Args) != 3 {
		err = errors.New("usage: go run . BUNDLE VKEY-FILE, or go run . -vectors DIRECTORY")
	} else if os.Args[1] == "-vectors" {
		err = checkVectors(os.Args[2])
	} else {
		err = checkBundle(os.Args[1], os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type head struct {
	origin string
	tree   tlog.Tree
}

// openHead believes a checkpoint only when note.Open has found the key's signature on it.
func openHead(signed []byte, key note.Verifier) (head, error) {
	opened, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return head{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != key.Name() {
		return head{}, errors.New("the checkpoint is not three lines of the key's log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return head{lines[0], tlog.Tree{N: size, Hash: root}}, err
}

// tiles reads a bundle's tiles; tlog.TileHashReader checks each against the root before it is used.
type tiles struct {
	folder string
	read   int
}

func (t *tiles) Height() int { return height }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		read, err := os.ReadFile(filepath.Join(t.folder, filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		data[i] = read
		t.read++
	}
	return data, nil
}

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func checkBundle(folder, keyFile string) error {
	vkey, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	key, err := note.NewVerifier(strings.TrimSuffix(string(vkey), "\n"))
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	now, err := openHead(signed, key)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	manifest, err := os.ReadFile(filepath.Join(folder, "manifest.note"))
	if err != nil {
		return err
	}
	if _, err := note.Open(manifest, note.VerifierList(key)); err != nil {
		return fmt.Errorf("manifest.note: %w", err)
	}
	source := &tiles{folder: folder}
	hashes := tlog.TileHashReader(now.tree, source)
	root, err := tlog.TreeHash(now.tree.N, hashes)
	if err != nil || root != now.tree.Hash {
		return fmt.Errorf("the tiles do not give the root: %v", err)
	}
	records, err := checkRecords(folder, now.tree, hashes)
	if err != nil {
		return err
	}
	if err := checkEntries(folder, now.tree, hashes); err != nil {
		return err
	}
	sizes, err := checkGrowth(now.tree, hashes)
	if err != nil {
		return err
	}
	kept, err := checkKept(folder, now, key)
	if err != nil {
		return err
	}
	fmt.Printf("accepted: %d records and their inclusion, consistency from %d sizes, %d kept proofs, %d tiles, signed by %s\n",
		records, sizes, kept, source.read, key.Name())
	return nil
}

// nodesOf reads the hashes of a proof of transparency-dev's by way of Go's tiles, and joins those that it joins.
func nodesOf(nodes proof.Nodes, hashes tlog.HashReader) ([][]byte, error) {
	indexes := make([]int64, len(nodes.IDs))
	for i, id := range nodes.IDs {
		indexes[i] = tlog.StoredHashIndex(int(id.Level), int64(id.Index))
	}
	read, err := hashes.ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	joined := make([][]byte, len(read))
	for i := range read {
		joined[i] = read[i][:]
	}
	return nodes.Rehash(joined, rfc6962.DefaultHasher.HashChildren)
}

func checkRecords(folder string, tree tlog.Tree, hashes tlog.HashReader) (int64, error) {
	file, err := os.Open(filepath.Join(folder, "records.jsonl"))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	var index int64
	for ; lines.Scan(); index++ {
		leaf := tlog.RecordHash(lines.Bytes())
		told, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil || told[0] != leaf {
			return 0, fmt.Errorf("record %d is not the one in the tiles: %v", index, err)
		}
		nodes, err := proof.Inclusion(uint64(index), uint64(tree.N))
		if err != nil {
			return 0, err
		}
		path, err := nodesOf(nodes, hashes)
		if err != nil {
			return 0, err
		}
		err = proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(tree.N), leaf[:], path, tree.Hash[:])
		if err != nil {
			return 0, fmt.Errorf("inclusion of record %d: %w", index, err)
		}
	}
	if lines.Err() != nil || index != tree.N {
		return 0, fmt.Errorf("%d records in a log of %d: %v", index, tree.N, lines.Err())
	}
	return index, nil
}

// checkEntries takes the entry bundles apart: two bytes of length, big-endian, and the record.
func checkEntries(folder string, tree tlog.Tree, hashes tlog.HashReader) error {
	for first := int64(0); first < tree.N; first += 256 {
		tile := tlog.Tile{H: height, L: -1, N: first / 256, W: int(min(256, tree.N-first))}
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data/", height), "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		if err != nil {
			return err
		}
		for i := int64(0); i < int64(tile.W); i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("%s ends inside entry %d", path, i)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			told, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, first+i)})
			if err != nil || told[0] != tlog.RecordHash(data[2:end]) {
				return fmt.Errorf("%s: entry %d is not the record: %v", path, i, err)
			}
			data = data[end:]
		}
		if len(data) != 0 {
			return fmt.Errorf("%s has bytes after its last entry", path)
		}
	}
	return nil
}

// checkGrowth shows from every earlier size that the log has only grown.
func checkGrowth(tree tlog.Tree, hashes tlog.HashReader) (int, error) {
	checked := 0
	for size := int64(1); size <= tree.N; size++ {
		before, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return 0, err
		}
		nodes, err := proof.Consistency(uint64(size), uint64(tree.N))
		if err != nil {
			return 0, err
		}
		path, err := nodesOf(nodes, hashes)
		if err != nil {
			return 0, err
		}
		err = proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(size), uint64(tree.N), path, before[:], tree.Hash[:])
		if err != nil {
			return 0, fmt.Errorf("consistency from %d: %w", size, err)
		}
		checked++
	}
	return checked, nil
}

// checkKept checks the proofs from the checkpoints of earlier exports: "old <size>", hashes, an empty line, a note.
func checkKept(folder string, now head, key note.Verifier) (int, error) {
	files, err := filepath.Glob(filepath.Join(folder, "consistency", "*"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		text, signed, _ := bytes.Cut(data, []byte("\n\n"))
		old, err := openHead(signed, key)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		var path [][]byte
		for _, line := range strings.Split(string(text), "\n")[1:] {
			hash, err := base64.StdEncoding.DecodeString(line)
			if err != nil {
				return 0, fmt.Errorf("%s: %w", file, err)
			}
			path = append(path, hash)
		}
		err = proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old.tree.N), uint64(now.tree.N), path, old.tree.Hash[:], now.tree.Hash[:])
		if err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
	}
	return len(files), nil
}

// unhexed is a list of hashes in hex.
type unhexed []string

func (u unhexed) bytes() [][]byte {
	all := make([][]byte, len(u))
	for i, text := range u {
		all[i], _ = hex.DecodeString(text)
	}
	return all
}

type proofVector struct {
	Why, Leaf, Root, OldRoot string
	Index, Old, Size         uint64
	Proof                    unhexed
}

// checkVectors holds merkle.json, valid and invalid, against transparency-dev.
func checkVectors(folder string) error {
	data, err := os.ReadFile(filepath.Join(folder, "merkle.json"))
	if err != nil {
		return err
	}
	var vectors struct {
		Roots                                                        []proofVector
		Inclusion, Consistency, InvalidInclusion, InvalidConsistency []proofVector
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		return err
	}
	roots := map[uint64]string{}
	for _, one := range vectors.Roots {
		roots[one.Size] = one.Root
	}
	inclusion := func(one proofVector, leaf, root string) error {
		hash := rfc6962.DefaultHasher.HashLeaf([]byte(leaf))
		return proof.VerifyInclusion(rfc6962.DefaultHasher, one.Index, one.Size, hash, one.Proof.bytes(), unhexed{root}.bytes()[0])
	}
	consistency := func(one proofVector, before, after string) error {
		both := unhexed{before, after}.bytes()
		return proof.VerifyConsistency(rfc6962.DefaultHasher, one.Old, one.Size, one.Proof.bytes(), both[0], both[1])
	}
	checks := 0
	for _, one := range vectors.Inclusion {
		if err := inclusion(one, fmt.Sprintf("leaf %d", one.Index), roots[one.Size]); err != nil {
			return fmt.Errorf("inclusion of %d in %d: %w", one.Index, one.Size, err)
		}
		checks++
	}
	for _, one := range vectors.InvalidInclusion {
		if inclusion(one, one.Leaf, one.Root) == nil {
			return fmt.Errorf("inclusion with %s is accepted", one.Why)
		}
		checks++
	}
	for _, one := range vectors.Consistency {
		before, known := roots[one.Old]
		if !known {
			continue
		}
		if err := consistency(one, before, roots[one.Size]); err != nil {
			return fmt.Errorf("consistency of %d with %d: %w", one.Old, one.Size, err)
		}
		checks++
	}
	for _, one := range vectors.InvalidConsistency {
		// That library does not look at the empty tree's root.
		if one.Old > 0 && consistency(one, one.OldRoot, one.Root) == nil {
			return fmt.Errorf("consistency with %s is accepted", one.Why)
		}
		checks++
	}
	fmt.Printf("%d checks hold\n", checks)
	return nil
}
