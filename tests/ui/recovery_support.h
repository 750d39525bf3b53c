// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/native/native.h"

#include <QByteArray>

namespace understudy::ui::test {

/// A server as its file says it.
inline QByteArray textOf(const Server &server)
{
    return QByteArray::fromStdString(formats::native::write(server));
}

} // namespace understudy::ui::test
