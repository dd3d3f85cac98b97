package recommend

import "strings"

// Suggestion is one item of an answer.
type Suggestion struct {
	Item    string   `json:"item"`              // its id
	Score   float64  `json:"score"`             // higher is better; comparable within one answer only
	Reasons []Reason `json:"reasons,omitempty"` // largest share first; empty if nothing speaks for it but that it fits
	// Propensity is how likely this item was to come in this place, given those before it, where
	// [Query.Explore] is set; otherwise 0.
	Propensity float64 `json:"propensity,omitempty"`
}

// ReasonKind is the sort of evidence behind a suggestion.
type ReasonKind string

const (
	BoughtTogether  ReasonKind = "bought_together"   // buyers of Items bought it too
	SimilarToRecent ReasonKind = "similar_to_recent" // people who took to Items took to it too
	SameCategory    ReasonKind = "same_category"     // of a category the person likes: Value
	SameBrand       ReasonKind = "same_brand"        // of a brand the person likes: Value
	SameTrait       ReasonKind = "same_trait"        // shares a tag or attribute the person likes: Value
	MatchesText     ReasonKind = "matches_text"      // contains words of the query: Value
	MatchesMeaning  ReasonKind = "matches_meaning"   // means something like what the query says
	Rebuy           ReasonKind = "rebuy"             // bought before and likely used up
	Popular         ReasonKind = "popular"           // many people take to it
	Trending        ReasonKind = "trending"          // more people take to it now than lately
	NewArrival      ReasonKind = "new_arrival"       // on offer for less than a month
	SimilarContent  ReasonKind = "similar_content"   // means something like Items
	Written         ReasonKind = "written"           // what somebody who looked over the answer wrote of it: Value
)

// Reason says why an item was suggested, as data. Items and Value are set where the kind says so.
type Reason struct {
	Kind  ReasonKind `json:"kind"`
	Items []string   `json:"items,omitempty"` // ids that it is because of, strongest first, at most three
	Value string     `json:"value,omitempty"`
	Share float64    `json:"share"` // part of the score that is due to this reason, 0 to 1
}

// Text says the reason in Chinese, as a short phrase without a full stop: "买了「龙井茶」的人也常买".
// titles turns an id into the name to show; where it is nil or returns "" the phrase does without
// the name. A kind this version does not know gives "".
func (r Reason) Text(titles func(id string) string) string {
	names := r.names(titles)
	switch r.Kind {
	case BoughtTogether:
		if names == "" {
			return "常与你关注的商品一起购买"
		}
		return "买了" + names + "的人也常买"
	case SimilarToRecent:
		if names == "" {
			return "与你最近的喜好相近"
		}
		return "喜欢" + names + "的人也喜欢"
	case SameCategory:
		return or(quote(r.Value, "你常关注的「", "」类"), "属于你常关注的类别")
	case SameBrand:
		return or(quote(r.Value, "你喜欢的品牌「", "」"), "出自你喜欢的品牌")
	case SameTrait:
		return or(quote(r.Value, "有你喜欢的特点「", "」"), "有你喜欢的特点")
	case MatchesText:
		return or(quote(r.Value, "符合你说的「", "」"), "符合你的描述")
	case MatchesMeaning:
		return "与你说的意思相近"
	case Rebuy:
		return "上次买的可能快用完了"
	case Popular:
		return "很多人喜欢"
	case Trending:
		return "最近热度上升"
	case NewArrival:
		return "新品上架"
	case SimilarContent:
		if names == "" {
			return "与你喜欢的内容相近"
		}
		return "与你喜欢的" + names + "内容相近"
	case Written:
		return r.Value
	}
	return ""
}

// names joins the titles of at most two of the reason's items: 「龙井茶」和「保温杯」.
func (r Reason) names(titles func(id string) string) string {
	if titles == nil {
		return ""
	}
	var named []string
	for _, id := range r.Items {
		if name := quote(titles(id), "「", "」"); name != "" && len(named) < 2 {
			named = append(named, name)
		}
	}
	return strings.Join(named, "和")
}

// quote puts s between two marks, or returns "" if there is no s.
func quote(s, before, after string) string {
	if s == "" {
		return ""
	}
	return before + s + after
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
