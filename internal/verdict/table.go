package verdict

// Row says what one kind of finding is worth.
type Row struct {
	Class  Class
	Weight float64 // natural logarithm of the likelihood ratio
	Hold   bool    // a person must look
	Common bool    // honest advertising shows it too: such findings alone never make danger sure
	Proof  bool    // nobody else can copy it: the only kind of trust that is ever a reason to show
	Topic  bool    // what the message is about, no sign of fraud by itself: never a reason to show
}

// Table is the readable list of an analyzer's findings with their weights.
type Table map[string]Row

// Find makes a finding of the table. An ID that is not in the table moves
// nothing; the tests make sure that there is none.
func (t Table) Find(id string, place Place, args map[string]string) Finding {
	row, ok := t[id]
	if !ok {
		row.Class = Neutral
	}
	return Finding{ID: id, Class: row.Class, Weight: row.Weight, Place: place, Args: args, Hold: row.Hold, Common: row.Common, Proof: row.Proof, Topic: row.Topic}
}

// IDs lists the kinds of finding, in no particular order.
func (t Table) IDs() []string {
	out := make([]string, 0, len(t))
	for id := range t {
		out = append(out, id)
	}
	return out
}
