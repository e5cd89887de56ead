(* SHA-256 (FIPS 180-4) of a string, in hexadecimal. *)
let primes count =
  let rec next found n =
    if List.length found = count then List.rev found
    else if List.exists (fun p -> n mod p = 0) found then next found (n + 1)
    else next (n :: found) (n + 1) in
  next [] 2

(* The first 32 bits of the fraction of the k-th root of n, by integers. *)
let fraction k n =
  let root = Z.root (Z.shift_left (Z.of_int n) (32 * k)) k in
  Z.to_int (Z.logand root (Z.of_int 0xffffffff))
let start = Array.of_list (List.map (fraction 2) (primes 8))
let constants = Array.of_list (List.map (fraction 3) (primes 64))

let mask = 0xffffffff
let rotate x n = ((x lsr n) lor (x lsl (32 - n))) land mask

let padded text =
  let size = String.length text in
  let zeros = (119 - size mod 64) mod 64 in
  let tail = Bytes.create 8 in
  Bytes.set_int64_be tail 0 (Int64.of_int (8 * size));
  text ^ "\x80" ^ String.make zeros '\000' ^ Bytes.to_string tail

let block text at h =
  let w = Array.make 64 0 in
  for t = 0 to 15 do
    w.(t) <- Int32.to_int (String.get_int32_be text (at + 4 * t)) land mask
  done;
  for t = 16 to 63 do
    let x = w.(t - 15) and y = w.(t - 2) in
    let s0 = rotate x 7 lxor rotate x 18 lxor (x lsr 3) in
    let s1 = rotate y 17 lxor rotate y 19 lxor (y lsr 10) in
    w.(t) <- (w.(t - 16) + s0 + w.(t - 7) + s1) land mask
  done;
  let v = Array.copy h in
  for t = 0 to 63 do
    let a = v.(0) and e = v.(4) in
    let s1 = rotate e 6 lxor rotate e 11 lxor rotate e 25 in
    let choice = (e land v.(5)) lxor (lnot e land mask land v.(6)) in
    let t1 = v.(7) + s1 + choice + constants.(t) + w.(t) in
    let s0 = rotate a 2 lxor rotate a 13 lxor rotate a 22 in
    let majority = (a land v.(1)) lxor (a land v.(2)) lxor (v.(1) land v.(2)) in
    Array.blit v 0 v 1 7;
    v.(4) <- (v.(4) + t1) land mask;
    v.(0) <- (t1 + s0 + majority) land mask
  done;
  Array.iteri (fun i x -> h.(i) <- (h.(i) + x) land mask) v

let hex text =
  let text = padded text and h = Array.copy start in
  for i = 0 to String.length text / 64 - 1 do block text (64 * i) h done;
  String.concat "" (Array.to_list (Array.map (Printf.sprintf "%08x") h))
