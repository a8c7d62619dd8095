package desk

import (
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/letters"
)

// AssessJob judges what one delivery reported.
type AssessJob struct {
	Delivery cases.DeliveryID `json:"delivery"`
}

// Kind names the job in the queue.
func (AssessJob) Kind() string { return "assess" }

// AcknowledgeJob says "we have it" when the assessment takes long. It is its
// own job, so that it works when the analysers do not.
type AcknowledgeJob struct {
	Delivery cases.DeliveryID `json:"delivery"`
}

// Kind names the job in the queue.
func (AcknowledgeJob) Kind() string { return "acknowledge" }

// SendJob hands one letter over.
type SendJob struct {
	Letter letters.ID `json:"letter"`
}

// Kind names the job in the queue.
func (SendJob) Kind() string { return "send" }
