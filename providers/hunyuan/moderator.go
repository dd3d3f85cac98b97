package hunyuan

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

var moderationService = service{"tms", "2020-12-29"}

// ModeratorConfig says how to judge texts through the vendor's text moderation (天御文本内容安全). There
// are no models, so CloudConfig.Model must be empty.
type ModeratorConfig struct {
	CloudConfig

	// BizType is the policy to judge by, as the console shows it. If empty, the default one.
	BizType string

	// Language is "zh" or "en". If empty, the vendor finds out.
	Language string

	// Generated says that the texts are written by models, for which the vendor has rules of its own.
	Generated bool
}

// A Moderator judges texts. It is safe for concurrent use.
type Moderator struct {
	client *openaiwire.Client
	fixed  map[string]any
}

var _ assistant.Moderator = (*Moderator)(nil)

// NewModerator returns a moderator. It sends nothing.
func NewModerator(cfg ModeratorConfig) (*Moderator, error) {
	if cfg.Model != "" {
		return nil, fmt.Errorf("hunyuan: moderation has no models, but %q is asked for; leave CloudConfig.Model empty", cfg.Model)
	}
	client, err := cfg.client(moderationService, "TextModeration", cloudProfile(), nil)
	if err != nil {
		return nil, fmt.Errorf("hunyuan: %w", err)
	}
	fixed := map[string]any{"Type": "TEXT"}
	if cfg.Generated {
		fixed["Type"] = "TEXT_AIGC"
	}
	if cfg.BizType != "" {
		fixed["BizType"] = cfg.BizType
	}
	if cfg.Language != "" {
		fixed["SourceLanguage"] = cfg.Language
	}
	return &Moderator{client: client, fixed: fixed}, nil
}

// piece is how many characters are judged at once.
const piece = 10000

// Moderate implements assistant.Moderator. It judges what is written; parts that are not, such as
// pictures, are an error that matches assistant.ErrInvalid. Categories are the vendor's labels, such
// as "Abuse" or "Ad". A long text is judged by pieces.
func (m *Moderator) Moderate(ctx context.Context, parts []assistant.Part) (assistant.Verdict, error) {
	text, err := m.client.Writing(parts)
	if err != nil {
		return assistant.Verdict{}, err
	}
	return openaiwire.JudgePieces(ctx, text, piece, m.judge)
}

var suggestions = map[string]assistant.Action{"Pass": assistant.Pass, "Review": assistant.Review, "Block": assistant.Block}

func (m *Moderator) judge(ctx context.Context, text string) (assistant.Verdict, error) {
	fields := map[string]any{"Content": base64.StdEncoding.EncodeToString([]byte(text))}
	for name, value := range m.fixed {
		fields[name] = value
	}
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return assistant.Verdict{}, m.client.Invalid("text: %w", err)
	}
	response, err := ask(ctx, m.client, call(m.client, "", body))
	if err != nil {
		return assistant.Verdict{}, err
	}
	type finding struct{ Suggestion, Label, SubLabel string }
	var whole finding
	var details []finding
	for name, into := range map[string]any{"Suggestion": &whole.Suggestion, "Label": &whole.Label, "SubLabel": &whole.SubLabel, "DetailResults": &details} {
		if raw := response[name]; len(raw) > 0 {
			if err := json.Unmarshal(raw, into); err != nil {
				return assistant.Verdict{}, m.client.NotUnderstood("%s: %w", name, err)
			}
		}
	}
	action, ok := suggestions[whole.Suggestion]
	if !ok {
		return assistant.Verdict{}, m.client.NotUnderstood("the suggestion is %q", whole.Suggestion)
	}
	verdict := assistant.Verdict{Action: action}
	seen := map[string]bool{"": true, "Normal": true}
	for _, wanted := range []string{whole.Suggestion, "Block", "Review"} { // worst first, and first of all what decided
		for _, f := range append([]finding{whole}, details...) {
			if f.Suggestion == wanted && !seen[f.Label] {
				seen[f.Label] = true
				verdict.Categories = append(verdict.Categories, f.Label)
			}
		}
	}
	return verdict, nil
}
