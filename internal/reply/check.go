package reply

// fits reports whether the letter is short and plain enough as it stands.
func (w *writer) fits() bool { return true }

// Check reads a text the way its reader will. Until its rules stand it lets
// nothing pass.
func Check(in CheckInput) Tone {
	return Tone{Problems: []Problem{{Rule: "unchecked"}}}
}
