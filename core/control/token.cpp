// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/token.h"

#include <QByteArray>
#include <QRandomGenerator>

#include <array>

namespace understudy::control {

std::string makeToken()
{
    std::array<quint32, 6> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    const QByteArray bytes(reinterpret_cast<const char *>(bits.data()), sizeof bits);
    return bytes.toHex().toStdString();
}

bool isSameSecret(std::string_view given, std::string_view secret)
{
    if (secret.empty())
        return false;
    unsigned difference = given.size() == secret.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const char expected = secret[i % secret.size()];
        difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(expected);
    }
    return difference == 0;
}

} // namespace understudy::control
