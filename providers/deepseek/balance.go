package deepseek

import (
	"context"
	"encoding/json"

	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// A Balance is what is left on the account.
type Balance struct {
	// Available reports whether it is enough for further calls.
	Available bool
	// Purses are the amounts, one for each currency.
	Purses []Purse
}

// A Purse is the money of one currency, in the vendor's own notation such as "110.00".
type Purse struct {
	Currency string `json:"currency"`          // "CNY" or "USD"
	Total    string `json:"total_balance"`     // all there is
	Granted  string `json:"granted_balance"`   // of it, given by the vendor; it may expire
	ToppedUp string `json:"topped_up_balance"` // of it, paid in
}

// Balance asks what is left on the account.
func (m *Model) Balance(ctx context.Context) (Balance, error) {
	o, err := m.client.Do(ctx, openaiwire.Exchange{URL: m.balance, Get: true})
	if err != nil {
		return Balance{}, err
	}
	var b Balance
	var available *bool
	if err := json.Unmarshal(o["is_available"], &available); err != nil || available == nil {
		return Balance{}, m.client.NotUnderstood("the answer does not say whether there is a balance")
	}
	if infos, ok := o["balance_infos"]; ok {
		if err := json.Unmarshal(infos, &b.Purses); err != nil {
			return Balance{}, m.client.NotUnderstood("balance_infos: %w", err)
		}
	}
	b.Available = *available
	return b, nil
}
