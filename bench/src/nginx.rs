//! nginx with one worker, serving the same bytes from a file, without compression and log like the kept page.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::house::{free_port, measured};
use crate::{Outcome, meter};

/// The program of the Debian package nginx-light.
const PROGRAM: &str = "/usr/sbin/nginx";

/// A running nginx; it ends with this value.
pub struct Nginx {
    child: Child,
    pub port: u16,
}

impl Nginx {
    /// Serves these bytes as `/page.html`.
    pub fn start(folder: &Path, bytes: &[u8]) -> Outcome<Self> {
        if !Path::new(PROGRAM).exists() {
            return Err("nginx is not installed: the Debian package is called nginx-light".into());
        }
        let port = free_port()?;
        fs::write(folder.join("page.html"), bytes)?;
        let place = folder.display();
        let user = if nix::unistd::Uid::current().is_root() { "user root;" } else { "" };
        let settings = format!(
            "daemon off; master_process off; worker_processes 1; {user} pid {place}/nginx.pid; error_log {place}/nginx.log;
             events {{ worker_connections 1024; }}
             http {{
                 types {{ text/html html; }}
                 charset utf-8; access_log off; gzip off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
                 client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/fastcgi;
                 uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
                 server {{ listen 127.0.0.1:{port}; root {place}; }}
             }}"
        );
        fs::write(folder.join("nginx.conf"), settings)?;
        let mut command = measured(Path::new(PROGRAM));
        command.arg("-c").arg(folder.join("nginx.conf")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let nginx = Self { child: command.spawn()?, port };
        let begun = Instant::now();
        while Client::to(port, "localhost").is_err() {
            if begun.elapsed() > Duration::from_secs(10) {
                return Err("nginx does not answer".into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(nginx)
    }

    pub fn cpu(&self) -> Outcome<Duration> {
        meter::process(self.child.id())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("{error}");
        }
    }
}
