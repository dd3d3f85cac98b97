package openaiwire

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// content writes parts as a list. What the model does not take is reported to drop.
func (e *encoder) content(parts []assistant.Part, drop func(part int, reason string)) {
	e.b = append(e.b, '[')
	for j, p := range parts {
		if reason := e.refuses(p); reason != "" {
			drop(j, reason)
			continue
		}
		if f, ok := p.(assistant.File); ok && e.rules.File == FileSystem && f.FileID != "" {
			continue // already named in a system message
		}
		if e.b[len(e.b)-1] == '}' {
			e.b = append(e.b, ',')
		}
		e.part(p)
	}
	if e.b[len(e.b)-1] == '[' { // nothing is left; vendors want a string or a part
		e.b = append(e.b[:len(e.b)-1], '"', '"')
		return
	}
	e.b = append(e.b, ']')
}

// refuses says why the model does not take p in a user message; it is empty if it does.
func (e *encoder) refuses(p assistant.Part) string {
	kinds := e.rules.Parts
	switch p := p.(type) {
	case assistant.Text:
		return ""
	case assistant.Image:
		if kinds&PartImage == 0 {
			return "the model does not see pictures"
		}
		if e.rules.ImageData && len(p.Data) == 0 {
			return "the server takes the picture itself, not its address"
		}
		return e.refusesMedia(p.Media, e.fileIDsInMedia() || kinds&PartFile != 0 && e.rules.File == FileID)
	case assistant.Video:
		if len(p.Frames) > 0 {
			if kinds&PartFrames == 0 {
				return "the model does not take frames"
			}
			return ""
		}
		if kinds&PartVideo == 0 {
			return "the model does not see films"
		}
		return e.refusesMedia(p.Media, e.fileIDsInMedia())
	case assistant.Audio:
		if kinds&PartAudio == 0 {
			return "the model does not hear"
		}
		if e.rules.MediaSources {
			if len(p.Data) > 0 && p.URL == "" && audioFormat(p.Media) == "" {
				return "the vendor wants the format of sound; set MIME"
			}
			return e.refusesMedia(p.Media, e.fileIDsInMedia())
		}
		if !e.rules.AudioURL && len(p.Data) == 0 {
			return "the vendor takes the sound itself, not its address"
		}
		return e.refusesMedia(p.Media, false)
	case assistant.File:
		if kinds&PartFile == 0 {
			return "the model does not take files"
		}
		switch e.rules.File {
		case FileURL:
			if p.URL == "" {
				return "the vendor takes the address of a file only"
			}
		case FileID, FileSystem:
			if p.FileID == "" {
				return "the vendor takes uploaded files only; set FileID"
			}
		case FileObject:
			if p.FileID != "" && e.rules.NoFileIDs {
				return "the model takes no file id"
			}
			if p.FileID == "" && len(p.Data) == 0 && !(e.rules.MediaSources && p.URL != "") {
				return "the vendor takes the file itself, not its address"
			}
		}
		return ""
	case assistant.Unknown:
		return "written by a newer release"
	}
	return "does not belong in this message"
}

func (e *encoder) fileIDsInMedia() bool { return e.rules.MediaSources && !e.rules.NoFileIDs }

func (e *encoder) refusesMedia(m assistant.Media, fileID bool) string {
	switch {
	case m.URL != "" || len(m.Data) > 0 || m.FileID != "" && fileID:
		return ""
	case m.FileID != "":
		return "the vendor takes no file id here"
	}
	return "it is empty"
}

// part writes a part that is not refused.
func (e *encoder) part(p assistant.Part) {
	switch p := p.(type) {
	case assistant.Text:
		e.b = append(e.b, `{"type":"text","text":`...)
		e.b = jsontext.AppendString(e.b, p.Text)
		e.b = append(e.b, '}')
	case assistant.Image:
		if p.URL == "" && len(p.Data) == 0 && !e.rules.MediaSources {
			e.fileID(p.FileID)
			return
		}
		e.mediaPart("image_url", p.Media)
		if p.Detail != "" && e.rules.Parts&PartImageDetail != 0 {
			e.b = append(e.b, `,"detail":`...)
			e.b = jsontext.AppendString(e.b, p.Detail)
		}
		e.b = append(e.b, '}', '}')
	case assistant.Video:
		if len(p.Frames) > 0 {
			e.b = append(e.b, `{"type":"video","video":`...)
			e.strings(p.Frames)
		} else {
			e.mediaPart("video_url", p.Media)
			if e.rules.MediaSources {
				e.fps(p.FPS)
				e.b = append(e.b, '}', '}')
				return
			}
			e.b = append(e.b, '}')
		}
		e.fps(p.FPS)
		e.b = append(e.b, '}')
	case assistant.Audio:
		e.audio(p)
	case assistant.File:
		e.file(p)
	}
}

// mediaPart writes {"type":kind,kind:{"url":… and leaves both objects open.
func (e *encoder) mediaPart(kind string, m assistant.Media) {
	e.b = append(e.b, `{"type":"`...)
	e.b = append(e.b, kind...)
	e.b = append(e.b, `","`...)
	e.b = append(e.b, kind...)
	e.b = append(e.b, `":{`...)
	e.source(m)
}

// source writes where a medium is.
func (e *encoder) source(m assistant.Media) {
	if m.URL == "" && len(m.Data) == 0 {
		e.b = append(e.b, `"file_id":`...)
		e.b = jsontext.AppendString(e.b, m.FileID)
		return
	}
	e.b = append(e.b, `"url":`...)
	if m.URL != "" && !(e.rules.ImageData && len(m.Data) > 0) {
		e.b = jsontext.AppendString(e.b, m.URL)
	} else {
		e.b = appendDataURL(e.b, mimeOf(m), m.Data)
	}
}

// fps writes how many frames per second to look at.
func (e *encoder) fps(fps float64) {
	if fps <= 0 {
		return
	}
	if r := e.rules.FPS; r != (Range{}) && (fps < r.Min || fps > r.Max) {
		moved := min(max(fps, r.Min), r.Max)
		e.Drop("Messages.Video.FPS", fmt.Sprintf("%v is outside what the model takes; sent as %v", fps, moved))
		fps = moved
	}
	e.b = append(e.b, `,"fps":`...)
	e.b = appendFloat(e.b, fps)
}

func (e *encoder) audio(p assistant.Audio) {
	if e.rules.MediaSources && (p.URL != "" || len(p.Data) == 0) {
		e.b = append(e.b, `{"type":"input_audio","input_audio":{`...)
		e.source(p.Media)
		e.b = append(e.b, '}', '}')
		return
	}
	e.b = append(e.b, `{"type":"input_audio","input_audio":{"data":`...)
	switch {
	case e.rules.AudioURL && p.URL != "":
		e.b = jsontext.AppendString(e.b, p.URL)
	case e.rules.AudioURL:
		e.b = appendDataURL(e.b, "", p.Data)
	default:
		e.b = append(e.b, '"')
		e.b = base64.StdEncoding.AppendEncode(e.b, p.Data)
		e.b = append(e.b, '"')
	}
	if format := audioFormat(p.Media); format != "" {
		e.b = append(e.b, `,"format":`...)
		e.b = jsontext.AppendString(e.b, format)
	}
	e.b = append(e.b, '}', '}')
}

func (e *encoder) file(p assistant.File) {
	switch e.rules.File {
	case FileURL:
		e.b = append(e.b, `{"type":"file_url","file_url":{"url":`...)
		e.b = jsontext.AppendString(e.b, p.URL)
	case FileID:
		e.fileID(p.FileID)
		return
	default:
		e.b = append(e.b, `{"type":"file","file":{`...)
		if p.FileID != "" {
			e.b = append(e.b, `"file_id":`...)
			e.b = jsontext.AppendString(e.b, p.FileID)
			break
		}
		if p.URL != "" && e.rules.MediaSources {
			e.b = append(e.b, `"file_url":`...)
			e.b = jsontext.AppendString(e.b, p.URL)
			break
		}
		if p.Name != "" {
			e.b = append(e.b, `"filename":`...)
			e.b = jsontext.AppendString(e.b, p.Name)
			e.b = append(e.b, ',')
		}
		e.b = append(e.b, `"file_data":`...)
		e.b = appendDataURL(e.b, mimeOf(p.Media), p.Data)
	}
	e.b = append(e.b, '}', '}')
}

func (e *encoder) fileID(id string) {
	e.b = append(e.b, `{"type":"file","file_id":`...)
	e.b = jsontext.AppendString(e.b, id)
	e.b = append(e.b, '}')
}

// mimeOf returns the media type, guessed from the bytes if it is not told. Parameters are left out.
func mimeOf(m assistant.Media) string {
	mime := m.MIME
	if mime == "" {
		mime = http.DetectContentType(m.Data)
	}
	mime, _, _ = strings.Cut(mime, ";")
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, mime)
}

// audioFormat is the vendor's word for the format of a sound, empty if it is not known.
func audioFormat(m assistant.Media) string {
	mime := m.MIME
	if mime == "" && len(m.Data) > 0 {
		mime = http.DetectContentType(m.Data)
	}
	mime, _, _ = strings.Cut(mime, ";")
	switch sub := strings.TrimPrefix(mime, "audio/"); sub {
	case mime: // no sound
		return ""
	case "mpeg":
		return "mp3"
	case "wave", "x-wav", "vnd.wave":
		return "wav"
	default:
		return strings.TrimPrefix(sub, "x-")
	}
}
