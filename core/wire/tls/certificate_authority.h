// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/certificate_info.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace understudy::wire {

/// The local authority that signs the certificates of `tls: self-signed`. Any thread.
class CertificateAuthority
{
public:
    /// The one in `folder` (authority.pem and authority-key.pem, the key readable by its owner
    /// alone), made there if there is none; an empty folder: a new one in memory. One that has
    /// expired is opened all the same; TlsContext refuses it. Errors: Access, System, Invalid with
    /// the file and the cure.
    static Result<std::shared_ptr<CertificateAuthority>> open(const std::filesystem::path &folder);
    /// As open, but where there is none it is made in memory and `folder` stays as it is: for
    /// checks.
    static Result<std::shared_ptr<CertificateAuthority>> peek(const std::filesystem::path &folder);
    /// Puts a new one in the place of the one in `folder`, whatever state that is in.
    static Result<std::shared_ptr<CertificateAuthority>> renew(const std::filesystem::path &folder);
    ~CertificateAuthority();
    CertificateAuthority(const CertificateAuthority &) = delete;
    CertificateAuthority &operator=(const CertificateAuthority &) = delete;

    CertificateInfo info() const;
    /// Its certificate, without the key.
    std::string pem() const;

    class Private;
    const Private &d() const { return *m_d; } ///< for core/wire/tls alone

private:
    explicit CertificateAuthority(std::unique_ptr<Private> d);
    static Result<std::shared_ptr<CertificateAuthority>> make();
    static Result<std::shared_ptr<CertificateAuthority>> read(const std::filesystem::path &folder);
    std::unique_ptr<Private> m_d;
};

} // namespace understudy::wire
