package simd

// Columns is what the number of columns of a matrix of codes must be a multiple of.
const Columns = 16

// HasScanCodes tells whether ScanCodes is worth its while on this machine: where there is no kernel for it, it is
// slower than Scan.
func HasScanCodes() bool { return hasScanCodes(best) }

// ScanCodes sets out[i] to scales[i]·(by·p + plus) + with, where p is the inner product of row i of codes and q: the
// scan of a matrix whose rows were rounded to a byte a number, at a quarter of the memory. Columns must be a multiple
// of [Columns] and q that long, or nothing is done. It goes on for as many rows as all of out, codes and scales have.
// No sum of products may exceed an int32, which holds if columns times the largest |q| is below 2²⁴.
func ScanCodes(out []float32, codes []int8, columns int, q []int16, scales []float32, by, plus, with float32) {
	if columns < 1 || columns%Columns != 0 || len(q) < columns {
		return
	}
	n := min(len(out), len(scales), len(codes)/columns)
	scanCodesAt(best, out[:n], codes, columns, q, scales, by, plus, with)
}

func scanCodesPortable(out []float32, codes []int8, columns int, q []int16, scales []float32, by, plus, with float32) {
	q = q[:columns]
	for i := range out {
		var sum int32
		for j, c := range codes[i*columns : (i+1)*columns] {
			sum += int32(c) * int32(q[j])
		}
		out[i] = scales[i]*(by*float32(sum)+plus) + with
	}
}
