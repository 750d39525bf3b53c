// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// Bodies made readable; free functions for any thread.
namespace understudy::ui {

/// JSON with one member a line, nothing but white space changed: numbers, order and repeated keys
/// stay as written. Nothing if it is not JSON.
std::optional<QByteArray> prettyJson(const QByteArray &json);

/// "00000000  47 45 54 20 …  |GET …|", sixteen bytes a line.
QString hexDump(const QByteArray &bytes);

/// Whether it can be shown as text: UTF-8 without NUL.
bool isText(const QByteArray &bytes);

/// A body in the charset of its Content-Type, or of its byte order mark, as UTF-8; as it is where
/// that is not known.
QByteArray toUtf8(const QByteArray &bytes, const QByteArray &contentType);

/// Removes the codings of a Content-Encoding (RFC 9110 section 8.4.1) as rules see it; at most
/// `limit` bytes, so that a small body cannot fill the memory. Nothing for other codings and broken
/// data.
std::optional<QByteArray> decodeContent(const QByteArray &bytes, const QByteArray &encoding,
                                        qsizetype limit = 64 << 20);

} // namespace understudy::ui
