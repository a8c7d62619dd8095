package letters_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/letters"
)

// A sign-in link is about no case: no list shows it.
func TestListsShowNoSignInLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			added, err := letters.Add(t.Context(), tx, letters.Letter{
				ID: "l1", Once: "sign-in:1", To: "emma@atelier.example", Text: "a way in", MessageID: "m1", Tone: []byte("{}"), TonePass: true, State: letters.Ready,
			})
			if err != nil || !added {
				t.Fatal(added, err)
			}
			for _, sight := range []cases.Sight{cases.Everything, cases.Only("a"), cases.Only()} {
				list, err := letters.About(t.Context(), tx, sight, 10, 0)
				if err != nil || len(list) != 0 {
					t.Errorf("sight %q lists %d letters, %v", sight, len(list), err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
