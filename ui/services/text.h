// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <string>
#include <string_view>

/// Between the library's UTF-8 and Qt's UTF-16, under one short name.
namespace understudy::ui {

inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string toStd(const QString &text) { return text.toStdString(); }

inline std::filesystem::path toPath(const QString &file)
{
    return std::filesystem::path(file.toStdU16String());
}

} // namespace understudy::ui
