package learn

import (
	"math"
)

// Bag is the words of one text: indexes below the size of the model, each once.
type Bag []uint32

// Linear is a logistic regression over bags: the log odds are the bias and the
// mean of the weights of the words, scaled by the square root of their number,
// so that a long text is no more certain than a short one without reason.
type Linear struct {
	Bias    float64
	Weights []float32 // by index; the length is a power of two
}

// LinearTraining says how a Linear is trained.
type LinearTraining struct {
	Size   int     // number of indexes
	Epochs int     // passes over the examples
	Rate   float64 // of learning (AdaGrad, Duchi and others, 2011)
	Ridge  float64 // L2 penalty per example
	Seed   uint64
}

// Example is one text with what is true of it.
type Example struct {
	Bag    Bag
	True   bool
	Weight float64 // 1 for an ordinary example
}

// TrainLinear fits a model to examples.
func TrainLinear(examples []Example, t LinearTraining) *Linear {
	m := &Linear{Weights: make([]float32, t.Size)}
	seen := make([]float32, t.Size) // squared gradients so far
	r, biasSeen := Random(t.Seed), 0.0
	for range t.Epochs {
		for _, i := range r.Shuffled(len(examples)) {
			e := examples[i]
			g := e.Weight * (Sigmoid(m.Score(e.Bag)) - truth(e.True))
			biasSeen += g * g
			m.Bias -= t.Rate * g / (math.Sqrt(biasSeen) + 1)
			m.step(e.Bag, g, t, seen)
		}
	}
	return m
}

func (m *Linear) step(b Bag, g float64, t LinearTraining, seen []float32) {
	scale := scaleOf(len(b))
	for _, k := range b {
		w := float64(m.Weights[k])
		d := g*scale + t.Ridge*w
		seen[k] += float32(d * d)
		m.Weights[k] = float32(w - t.Rate*d/(math.Sqrt(float64(seen[k]))+1e-3))
	}
}

// scaleOf is what one word of n counts.
func scaleOf(n int) float64 {
	if n == 0 {
		return 0
	}
	return 1 / math.Sqrt(float64(n))
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// Score gives the log odds of a bag.
func (m *Linear) Score(b Bag) float64 {
	sum := 0.0
	for _, k := range b {
		sum += float64(m.Weights[k])
	}
	return m.Bias + sum*scaleOf(len(b))
}

// Packed is a Linear with its weights in one byte each.
type Packed struct {
	Bias, Step float32 // a weight is its byte times Step
	Weights    []int8
	Stored     []byte // the weights as they are stored, see Store and Restore
}

// Store gives the model as it is best written: a run of bytes is read many times
// faster than a list of numbers.
func (p Packed) Store() Packed {
	p.Stored = make([]byte, len(p.Weights))
	for i, w := range p.Weights {
		p.Stored[i] = byte(w)
	}
	p.Weights = nil
	return p
}

// Restore makes a model that was stored ready to be asked.
func (p *Packed) Restore() {
	if p.Stored == nil {
		return
	}
	p.Weights = make([]int8, len(p.Stored))
	for i, b := range p.Stored {
		p.Weights[i] = int8(b)
	}
	p.Stored = nil
}

// Pack rounds the weights to a byte each, exact to half a step.
func (m *Linear) Pack() Packed {
	most := float32(0)
	for _, w := range m.Weights {
		most = max(most, w, -w)
	}
	p := Packed{Bias: float32(m.Bias), Step: max(most/127, 1e-9), Weights: make([]int8, len(m.Weights))}
	for i, w := range m.Weights {
		p.Weights[i] = int8(math.Round(float64(w / p.Step)))
	}
	return p
}

// Score gives the log odds of a bag.
func (p *Packed) Score(b Bag) float64 {
	sum := int32(0)
	for _, k := range b {
		sum += int32(p.Weights[k])
	}
	return p.odds(sum, len(b))
}

// odds are the log odds of n words whose weights sum up to so much.
func (p *Packed) odds(sum int32, n int) float64 {
	return float64(p.Bias) + float64(p.Step)*float64(sum)*scaleOf(n)
}
