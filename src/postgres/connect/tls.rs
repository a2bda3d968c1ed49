//! TLS as libpq's `sslmode` means it (documentation of libpq, "SSL Support").

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::parameters::Parameters;
use crate::config::{Environment, nearest};
use crate::{Error, ErrorKind, Result};

/// How a connection is encrypted, and what is checked.
#[derive(Clone)]
pub struct Tls {
    /// The attempts to make, in order; a later one only if the server refuses the earlier.
    pub attempts: &'static [SslMode],
    /// Makes the encrypted stream.
    pub connector: MakeRustlsConnect,
}

const MODES: &[&str] = &["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

impl Tls {
    /// What the parameters ask for.
    ///
    /// # Errors
    /// An unknown mode, or a certificate file that is missing or not one.
    pub fn new(parameters: &Parameters, environment: &Environment) -> Result<Tls> {
        let root = parameters.get("sslrootcert").map(String::as_str);
        let fallback = if root == Some("system") { "verify-full" } else { "prefer" };
        let mode = parameters.get("sslmode").map_or(fallback, String::as_str);
        if root == Some("system") && mode != "verify-full" {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("`sslmode={mode}` is too weak for `sslrootcert=system`"),
            )
            .hint("anybody can have a certificate that the system trusts: use sslmode=verify-full"));
        }
        let attempts: &[SslMode] = match mode {
            "disable" => &[SslMode::Disable],
            "allow" => &[SslMode::Disable, SslMode::Require],
            "prefer" => &[SslMode::Prefer, SslMode::Disable],
            "require" | "verify-ca" | "verify-full" => &[SslMode::Require],
            _ => {
                let near = nearest(mode, MODES)
                    .map_or_else(|| MODES.join(", "), |near| format!("did you mean `{near}`?"));
                return Err(Error::new(ErrorKind::Usage, format!("`{mode}` is not an `sslmode`")).hint(near));
            }
        };
        let folder = environment.get("HOME").map(|home| Path::new(home).join(".postgresql"));
        let usual =
            |name: &str| folder.as_ref().map(|folder| folder.join(name)).filter(|file| file.is_file());
        let root = root.map(PathBuf::from).or_else(|| usual("root.crt"));
        let roots = match (mode, root) {
            // With an authority at hand, libpq's `require` means `verify-ca`.
            ("require" | "verify-ca" | "verify-full", Some(file)) => Some(authorities(&file)?),
            ("verify-ca" | "verify-full", None) => {
                return Err(Error::new(
                    ErrorKind::Connect,
                    format!("`sslmode={mode}` needs the certificate of an authority"),
                )
                .hint(
                    "name it: sslrootcert=FILE, or sslrootcert=system for those that this machine trusts",
                ));
            }
            _ => None,
        };
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier::new(roots, mode == "verify-full", provider.clone())?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::new(ErrorKind::Connect, error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let certificate = parameters.get("sslcert").map(PathBuf::from).or_else(|| usual("postgresql.crt"));
        let mut config = match certificate {
            None => builder.with_no_client_auth(),
            Some(file) => {
                let key = parameters.get("sslkey").map(PathBuf::from).or_else(|| usual("postgresql.key"));
                let key = key.ok_or_else(|| {
                    Error::new(ErrorKind::Connect, format!("`{}` comes without its key", file.display()))
                        .hint("name it: sslkey=FILE")
                })?;
                let secret = PrivateKeyDer::from_pem_file(&key).map_err(|error| unreadable(&key, &error))?;
                builder.with_client_auth_cert(certificates(&file)?, secret).map_err(|error| {
                    Error::new(
                        ErrorKind::Connect,
                        format!("`{}` and `{}` do not fit: {error}", file.display(), key.display()),
                    )
                })?
            }
        };
        if parameters.get("sslnegotiation").is_some_and(|negotiation| negotiation == "direct") {
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Tls { attempts, connector: MakeRustlsConnect::new(config) })
    }
}

/// Checks what the mode asks to check: the chain, the chain and the name, or nothing.
#[derive(Debug)]
struct Verifier {
    chain: Option<Arc<WebPkiServerVerifier>>,
    /// Certificates that the user trusts as they stand: a self-signed one is its own authority,
    /// which OpenSSL accepts and webpki does not.
    trusted: Vec<CertificateDer<'static>>,
    name: bool,
    provider: Arc<CryptoProvider>,
}

impl Verifier {
    fn new(
        roots: Option<Vec<CertificateDer<'static>>>,
        name: bool,
        provider: Arc<CryptoProvider>,
    ) -> Result<Verifier> {
        let Some(trusted) = roots else {
            return Ok(Verifier { chain: None, trusted: Vec::new(), name, provider });
        };
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(trusted.iter().cloned());
        let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider.clone())
            .build()
            .map_err(|error| {
                Error::new(
                    ErrorKind::Connect,
                    format!("no authority can be read from `sslrootcert`: {error}"),
                )
            })?;
        Ok(Verifier { chain: Some(chain), trusted, name, provider })
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        if self.trusted.iter().any(|trusted| trusted == certificate) {
            if self.name {
                verify_server_name(&ParsedCertificate::try_from(certificate)?, host)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match chain.verify_server_cert(certificate, others, host, stapled, now) {
            // The name is checked last: the chain is good.
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.name => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match &self.chain {
            // Nobody vouches for the certificate, so a proof of its key would say nothing.
            None => Ok(HandshakeSignatureValid::assertion()),
            Some(chain) => chain.verify_tls12_signature(message, certificate, signed),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        match &self.chain {
            None => Ok(HandshakeSignatureValid::assertion()),
            Some(chain) => chain.verify_tls13_signature(message, certificate, signed),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    if file == Path::new("system") {
        return Ok(rustls_native_certs::load_native_certs().certs);
    }
    certificates(file)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let found = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match found {
        Ok(found) if found.is_empty() => {
            Err(Error::new(ErrorKind::Connect, format!("there is no certificate in `{}`", file.display()))
                .hint("it is a file of PEM blocks"))
        }
        Ok(found) => Ok(found),
        Err(error) => Err(unreadable(file, &error)),
    }
}

fn unreadable(file: &Path, error: &rustls::pki_types::pem::Error) -> Error {
    let reason = match error {
        rustls::pki_types::pem::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    };
    Error::new(ErrorKind::Connect, format!("cannot read `{}`: {reason}", file.display()))
}
