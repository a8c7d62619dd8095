// Package words understands the words of a message: a small model, trained by
// us, says how much they sound like fraud, what they want and how they push.
//
// It reads what a person sees: subject, sender's name and visible text, folded
// to lower-case words without accents. Names of the sender and the recipient,
// numbers and addresses are replaced by what kind of thing they are, so that
// the model learns what mails say and not from whom some corpus had them. Each
// word, and each pair of neighbours, is hashed to one of Size features (feature
// hashing, Weinberger and others, 2009).
package words
