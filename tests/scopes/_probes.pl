# What a phase may try: each line of output is the name of an attempt, a tab, and what came of it.
# Facts about the world (paths, process IDs, numbers of system calls) come as variables.
use strict;
use warnings;
use Socket;
use Fcntl;
use Errno qw(:POSIX);

my %E = %ENV;
my $run = $E{P_RUN};
$| = 1;

# Numbers go to the kernel as numbers: Perl passes strings as addresses.
sub nr { return int($E{"SYS_$_[0]"} // -1) }
sub call {
  my ($name, @args) = @_;
  my $nr = nr($name);
  return "absent" if $nr < 0;
  $! = 0;
  my $result = syscall($nr, @args);
  return $result == -1 ? "blocked " . ($!{ENOSYS} ? "ENOSYS" : $!{EPERM} ? "EPERM" : "$!") : "worked";
}
sub report { print "$_[0]\t$_[1]\n" }
sub attempt {
  my ($name, $code) = @_;
  $! = 0;
  my $result = eval { $code->() };
  report($name, defined $result ? $result : "blocked " . ($@ || $!) =~ s/\s+/ /gr);
}
sub spit { my ($path, $text) = @_; open(my $f, ">", $path) or die "$!\n"; print $f $text; close $f or die "$!\n"; "worked" }
sub slurp { open(my $f, "<", $_[0]) or die "$!\n"; local $/; my $text = <$f>; defined $text && length $text ? "worked" : "empty" }
sub did { $_[0] ? "worked" : die "$!\n" }

my $wanted = shift @ARGV;
if ($wanted eq "scope") {
  # Files of others.
  attempt("read project", sub { slurp("$E{P_PROJECT}/train.py") });
  attempt("write project", sub { spit("$E{P_PROJECT}/train.py", "forged") });
  attempt("write hook", sub { spit("$E{P_PROJECT}/.git/hooks/pre-commit", "forged") });
  attempt("read other run", sub { slurp("$E{P_OTHER}/result") });
  attempt("write other run", sub { spit("$E{P_OTHER}/result", "forged") });
  attempt("read meta", sub { slurp("$run.meta/id") });
  attempt("write meta", sub { spit("$run.meta/id", "forged") });
  attempt("remove meta", sub { did(unlink "$run.meta/id") });
  attempt("rename meta", sub { did(rename "$run.meta", "$run.meta2") });
  attempt("read other meta", sub { slurp("$E{P_OTHER}.meta/id") });
  attempt("rename run dir", sub { did(rename $run, "$run.moved") });
  attempt("read key", sub { slurp("$E{P_HOME}/.ssh/id_ed25519") });
  attempt("read npmrc", sub { slurp("$E{P_HOME}/.npmrc") });
  attempt("read token in cache", sub { slurp("$E{P_HOME}/.cache/huggingface/token") });
  attempt("move cache around token", sub { did(rename "$E{P_HOME}/.cache/huggingface", "$E{P_HOME}/.cache/h2") });
  attempt("read shadow", sub { slurp("/etc/shadow") });
  attempt("read denied file", sub { slurp("$E{P_DENIED}/secret.csv") });
  attempt("read file that is denied", sub { slurp("$E{P_DATA}/denied.csv") });
  attempt("list denied dir", sub { opendir(my $d, $E{P_DENIED}) or die "$!\n"; "worked" });
  attempt("write home", sub { spit("$E{P_HOME}/.profile", "forged") });
  attempt("write etc", sub { spit("/etc/runlit-probe", "forged") });
  attempt("write usr", sub { spit("/usr/runlit-probe", "forged") });
  # Inputs of the phase that are locked.
  attempt("write locked", sub { spit("$run/src/train.py", "forged") });
  attempt("rename locked", sub { did(rename "$run/src", "$run/src2") });
  attempt("rename parent of locked", sub {
    rename("$run/deep", "$run/deep.old") or die "$!\n";
    mkdir "$run/deep"; mkdir "$run/deep/ro"; spit("$run/deep/ro/data", "forged");
  });
  attempt("write beside locked", sub { spit("$run/deep/new", "fine") });
  # Ways around.
  attempt("write through symlink", sub { symlink("/etc", "$run/x") or die "$!\n"; spit("$run/x/runlit-probe", "forged") });
  attempt("hard link", sub { did(link "/etc/passwd", "$run/passwd") });
  attempt("remount", sub { call("mount", 0, my $p = "/", 0, 0x1020, 0) });
  attempt("unmount mask", sub { call("umount2", my $p = "$E{P_HOME}/.ssh", 2) });
  attempt("chroot", sub { call("chroot", my $p = $run) });
  attempt("block device", sub { call(nr("mknod") < 0 ? ("mknodat", -100) : ("mknod"), my $p = "$run/disk", 060600, 0xfe00) });
  attempt("raw disk", sub { my @disks = grep { -b $_ } glob("/dev/*"); @disks ? "worked @disks" : die "none\n" });
  attempt("device mode", sub { did(chmod 0600, "/dev/null") });
  attempt("mode of mask", sub { did(chmod 0600, "$E{P_HOME}/.npmrc") });
  # Network.
  attempt("tcp", sub { socket(my $s, PF_INET, SOCK_STREAM, 0) or die "$!\n"; did(connect($s, sockaddr_in($E{P_TCP}, INADDR_LOOPBACK))) });
  attempt("udp", sub { socket(my $s, PF_INET, SOCK_DGRAM, 0) or die "$!\n"; send($s, "udp", 0, sockaddr_in($E{P_UDP}, INADDR_LOOPBACK)); "sent" });
  attempt("unix socket", sub { socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "$!\n"; did(connect($s, sockaddr_un($E{P_SOCKET}))) });
  attempt("abstract socket", sub { socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "$!\n"; did(connect($s, sockaddr_un("\0$E{P_ABSTRACT}"))) });
  attempt("vsock", sub { did(socket(my $s, 40, SOCK_STREAM, 0)) });
  attempt("packet socket", sub { did(socket(my $s, 17, SOCK_RAW, 0)) });
  attempt("alg socket", sub { did(socket(my $s, 38, SOCK_STREAM, 0)) });
  # Other processes.
  attempt("variable", sub { exists $E{P_SECRET_TOKEN} ? "worked" : die "unset\n" });
  attempt("environ of host process", sub { slurp("/proc/$E{P_PID}/environ") });
  attempt("root of host process", sub { slurp(join("/", "/proc", $E{P_PID}, "root", "etc/hostname")) });
  attempt("see host processes", sub {
    my @seen;
    for my $path (glob("/proc/[0-9]*/cmdline")) {
      open(my $f, "<", $path) or next;
      # Our own arguments hold these probes, not what the variable says.
      push @seen, $path if join("", <$f>) =~ /\Q$E{P_MARK}\E/;
    }
    @seen ? "worked" : die "none\n";
  });
  attempt("environ of init", sub {
    open(my $f, "<", "/proc/1/environ") or die "$!\n";
    (join("", <$f>) =~ /P_SECRET|hush/) ? "worked" : die "nothing in it\n";
  });
  attempt("signal host process", sub { did(kill(0, $E{P_PID})) });
  attempt("ptrace", sub { call("ptrace", 16, int($E{P_PID}), 0, 0) });
  attempt("read memory", sub { call("process_vm_readv", $$, 0, 0, 0, 0, 0) });
  attempt("terminal input", sub { my $c = "x"; defined(ioctl(STDIN, 0x5412, $c)) ? "worked" : die "$!\n" });
  # The kernel.
  attempt("core_pattern", sub { spit("/proc/sys/kernel/core_pattern", "|/bin/false") });
  attempt("sysctl", sub { sysopen(my $f, "/proc/sys/kernel/panic", O_WRONLY) or die "$!\n"; "worked" });
  attempt("sysrq", sub { sysopen(my $f, "/proc/sysrq-trigger", O_WRONLY) or die "$!\n"; "worked" });
  attempt("sysfs", sub { my $f; sysopen($f, "/sys/kernel/uevent_helper", O_WRONLY) or sysopen($f, "/sys/power/state", O_WRONLY) or die "$!\n"; "worked" });
  attempt("user namespace", sub { call("unshare", 0x10000000) });
  attempt("namespace by clone", sub { call("clone", 0x10000000 | 17, 0, 0, 0, 0) });
  attempt("clone3", sub { call("clone3", 0, 0) });
  attempt("openat2", sub { call("openat2", -100, 0, 0, 0) });
  attempt("setns", sub { call("setns", 0, 0) });
  attempt("clock", sub { call("clock_settime", 0, my $t = pack("qq", 1, 1)) });
  attempt("keyctl", sub { call("keyctl", 0, -3, 1, 0, 0) });
  attempt("io_uring", sub { call("io_uring_setup", 1, my $p = "\0" x 120) });
  attempt("bpf", sub { call("bpf", 0, my $p = "\0" x 128, 128) });
  attempt("perf", sub { call("perf_event_open", 0, 0, -1, -1, 0) });
  attempt("userfaultfd", sub { call("userfaultfd", 0) });
  attempt("file handle", sub { call("open_by_handle_at", -100, 0, 0) });
  attempt("kernel module", sub { call("init_module", 0, 0, 0) });
  attempt("kexec", sub { call("kexec_load", 0, 0, 0, 0) });
  attempt("reboot", sub { call("reboot", 0, 0, 0, 0) });
  # Set-ID files.
  attempt("setuid", sub { spit("$run/s1", ""); did(chmod 04755, "$run/s1") });
  attempt("setgid", sub { spit("$run/s2", ""); did(chmod 02755, "$run/s2") });
  attempt("setuid by open", sub { sysopen(my $f, "$run/s3", O_CREAT | O_WRONLY, 04755) or die "$!\n"; "worked" });
  attempt("setuid by mknod", sub { call(nr("mknod") < 0 ? ("mknodat", -100) : ("mknod"), my $p = "$run/s4", 0104755, 0) });
  attempt("chmod", sub { spit("$run/s5", ""); did(chmod 0755, "$run/s5") });
  my %status = map { /^(\w+):\s*(.*)$/ ? ($1, $2) : () } do { open(my $f, "<", "/proc/self/status"); <$f> };
  attempt("privileges by exec", sub { $status{NoNewPrivs} eq "1" ? die "no_new_privs\n" : "worked" });
  attempt("capabilities", sub { my @caps = grep { $status{$_} =~ /[1-9a-f]/ } qw(CapEff CapPrm CapBnd CapAmb); @caps ? "worked @caps" : die "none\n" });
  attempt("descriptors", sub {
    my @fds = grep { $_ > 2 && (readlink("/proc/self/fd/$_") // "/dev/null") ne "/dev/null" } map { /(\d+)$/ } glob("/proc/self/fd/*");
    @fds ? "worked @fds" : die "none\n";
  });
  # What has to work.
  attempt("write run dir", sub { spit("$run/result", "fine") });
  attempt("write tmp", sub { spit("/tmp/x", "fine") });
  attempt("write shm", sub { spit("/dev/shm/x", "fine") });
  attempt("write null", sub { spit("/dev/null", "fine") });
  attempt("write cache", sub { spit("$E{P_HOME}/.cache/model", "fine") });
  attempt("read data elsewhere", sub { slurp("$E{P_DATA}/set.csv") });
  attempt("loopback of its own", sub {
    my $l; socket($l, PF_INET, SOCK_STREAM, 0) && bind($l, sockaddr_in(0, INADDR_LOOPBACK)) && listen($l, 1) or die "$!\n";
    socket(my $s, PF_INET, SOCK_STREAM, 0) or die "$!\n"; did(connect($s, getsockname($l)));
  });
  attempt("socket pair", sub { did(socketpair(my $a, my $b, PF_UNIX, SOCK_STREAM, 0)) });
  attempt("pipe", sub { did(pipe(my $r, my $w)) });
}
if ($wanted eq "leave") {
  # Daemons in every way: one in the group, one in a session of its own, one forked twice.
  for my $way (0 .. 2) {
    next if fork;
    if ($way > 0) { require POSIX; POSIX::setsid() }
    if ($way > 1) { exit 0 if fork }
    $SIG{$_} = "IGNORE" for qw(TERM HUP INT);
    open(STDOUT, ">", "/dev/null"); open(STDERR, ">", "/dev/null");
    exec("sleep", $E{P_MARK_TIME});
  }
  my $there = sub { scalar grep { my $f; open($f, "<", $_) && (<$f> // "") =~ /^sleep\x00\Q$E{P_MARK_TIME}\E/ } glob("/proc/[0-9]*/cmdline") };
  select(undef, undef, undef, 0.01) while $there->() < 3;
  eval $E{P_THEN};
}
