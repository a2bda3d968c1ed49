//! What stands between a client and its server: a line that is cut where a test says, and a pooler.
#![allow(dead_code, reason = "each binary of tests uses a part")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What becomes of a request on its way to the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It arrives.
    Pass,
    /// It is lost, with the connection.
    Lose,
    /// It arrives, and the connection is lost before the answer.
    PassAndLose,
}

/// Listens on a port of 127.0.0.1 for clients; `judge` sees each request (a query, or the end of an extended one) of the
/// first connection. Others, which only watch, pass.
pub fn line(socket: PathBuf, judge: impl Fn(&[u8]) -> Verdict + Send + Sync + 'static) -> u16 {
    let judge = Arc::new(judge);
    let mut connections = 0;
    listen(move |client| {
        let (socket, judge, first) = (socket.clone(), judge.clone(), connections == 0);
        connections += 1;
        let judge = move |request: &[u8]| if first { judge(request) } else { Verdict::Pass };
        std::thread::spawn(move || carry(client, &socket, &judge));
    })
}

/// Listens on a port of 127.0.0.1 for clients, who share one session by the transaction, as PgBouncer lends it.
pub fn pooler(socket: &Path, startup: &[(&str, &str)]) -> u16 {
    let mut server = UnixStream::connect(socket).unwrap();
    let mut words = vec![0, 3, 0, 0];
    for (name, value) in startup {
        words.extend([name.as_bytes(), b"\0", value.as_bytes(), b"\0"].concat());
    }
    words.push(0);
    let length = u32::try_from(words.len() + 4).unwrap().to_be_bytes();
    server.write_all(&[&length[..], &words].concat()).unwrap();
    let mut greeting = Vec::new();
    while greeting.is_empty() || frame_ends(&greeting) != Some(b'I') {
        greeting.extend(frame(&mut server).unwrap());
    }
    let shared = Arc::new((Mutex::new(server), greeting));
    listen(move |client| {
        let shared = shared.clone();
        std::thread::spawn(move || lend(client, &shared.0, &shared.1));
    })
}

fn listen(mut welcome: impl FnMut(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || listener.incoming().flatten().for_each(&mut welcome));
    port
}

fn carry(mut client: TcpStream, socket: &Path, judge: &dyn Fn(&[u8]) -> Verdict) -> io::Result<()> {
    let mut server = UnixStream::connect(socket)?;
    server.write_all(&startup(&mut client)?)?;
    let (mut answers, mut to_client) = (server.try_clone()?, client.try_clone()?);
    std::thread::spawn(move || {
        let _ = io::copy(&mut answers, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Both);
    });
    while let Ok(request) = frame(&mut client) {
        let verdict = if matches!(request[0], b'Q' | b'S') { judge(&request) } else { Verdict::Pass };
        if verdict != Verdict::Lose {
            server.write_all(&request)?;
        }
        if verdict != Verdict::Pass {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    server.shutdown(Shutdown::Both)
}

fn lend(mut client: TcpStream, server: &Mutex<UnixStream>, greeting: &[u8]) -> io::Result<()> {
    startup(&mut client)?;
    client.write_all(greeting)?;
    loop {
        let mut request = frame(&mut client)?;
        let mut server = server.lock().unwrap();
        loop {
            if request[0] == b'X' {
                return Ok(());
            }
            server.write_all(&request)?;
            if matches!(request[0], b'Q' | b'S') {
                let mut answer = frame(&mut *server)?;
                while answer[0] != b'Z' {
                    client.write_all(&answer)?;
                    answer = frame(&mut *server)?;
                }
                client.write_all(&answer)?;
                if answer[5] == b'I' {
                    break;
                }
            }
            request = frame(&mut client)?;
        }
    }
}

/// The first message of a client, which has no type.
fn startup(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    client.read_exact(&mut length)?;
    let mut rest = vec![0; u32::from_be_bytes(length) as usize - 4];
    client.read_exact(&mut rest)?;
    Ok([&length[..], &rest].concat())
}

/// The next message: its type, its length, its content.
fn frame(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = [0; 5];
    stream.read_exact(&mut head)?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize - 4;
    let mut rest = vec![0; length];
    stream.read_exact(&mut rest)?;
    Ok([&head[..], &rest].concat())
}

/// The state of the transaction, if the last message says that the server is ready.
fn frame_ends(messages: &[u8]) -> Option<u8> {
    let last = messages.last_chunk::<6>()?;
    (last[..5] == [b'Z', 0, 0, 0, 5]).then_some(last[5])
}
