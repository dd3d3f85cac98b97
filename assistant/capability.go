package assistant

import "context"

// The interfaces below are what vendors offer beside chat. An adapter implements those that its
// vendor has, so a capability that is missing is missing at compile time.

// An Embedder turns texts into vectors.
type Embedder interface {
	// Embed returns one vector for each text, in the same order and all of the same length. It
	// splits the texts into as many calls as the vendor needs.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// A Reranker sorts documents by how well they answer a query.
type Reranker interface {
	// Rerank returns the best documents, best first; a limit of zero means all.
	Rerank(ctx context.Context, query string, documents []string, limit int) ([]Ranked, error)
}

// Ranked is one document's place in a ranking.
type Ranked struct {
	Index int     // position in the documents that were given
	Score float64 // higher is better; comparable within one call only
}

// An ImageGenerator draws pictures. Where several take several calls and one fails, the pictures drawn
// before come with the error, since they have been paid for.
type ImageGenerator interface {
	GenerateImages(ctx context.Context, req *ImageRequest) ([]Image, error)
}

// ImageRequest describes the pictures wanted. Zero fields leave the choice to the vendor.
type ImageRequest struct {
	Model          string
	Prompt         string
	NegativePrompt string
	References     []Image // pictures to start from
	Width, Height  int     // pixels
	Count          int
	Seed           Opt[int64]
	Extra          map[string]map[string]any // as in [Request]
}

// A Moderator judges whether content may be shown.
type Moderator interface {
	Moderate(ctx context.Context, parts []Part) (Verdict, error)
}

// Verdict is a moderator's judgement.
type Verdict struct {
	Action     Action
	Categories []string // the moderator's own labels, worst first
	Safe       string   // an answer to give instead, if the moderator offers one
}

// An Action is what to do with judged content.
type Action string

// The actions, from mild to severe.
const (
	Pass   Action = "pass"
	Review Action = "review" // a person should look at it
	Block  Action = "block"
)
