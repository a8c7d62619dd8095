package language

// lexicon is a map from word to languages that is asked about every word of
// every message: the hash is made while the word is read.
type lexicon struct {
	at    [1024]uint16 // by hash: the entry there plus one, 0 for none; the next where it is taken
	words []string
	sets  []known
}

// put adds a word that is not there yet. There is room for more than twice the
// words of today.
func (l *lexicon) put(word string, set known) {
	_, mark, _ := next(word)
	i := slot(mark)
	for l.at[i] != 0 {
		i = (i + 1) % uint32(len(l.at))
	}
	l.words, l.sets = append(l.words, word), append(l.sets, set)
	l.at[i] = uint16(len(l.words))
}

// of gives the languages of a word with its hash, none for a stranger.
func (l *lexicon) of(word string, mark uint32) known {
	for i := slot(mark); l.at[i] != 0; i = (i + 1) % uint32(len(l.at)) {
		if e := l.at[i] - 1; l.words[e] == word {
			return l.sets[e]
		}
	}
	return 0
}

// slot is where the search for a hash begins.
func slot(mark uint32) uint32 { return mark >> 22 }

// next gives the first word of a folded text with its hash (FNV-1a), and what
// follows; "" at the end.
func next(text string) (word string, mark uint32, rest string) {
	from := 0
	for from < len(text) && text[from] == ' ' {
		from++
	}
	mark = 2166136261
	to := from
	for to < len(text) && text[to] != ' ' {
		mark = (mark ^ uint32(text[to])) * 16777619
		to++
	}
	return text[from:to], mark, text[to:]
}
