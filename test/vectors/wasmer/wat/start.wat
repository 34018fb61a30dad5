(module
  (global $ready (mut i32) (i32.const 0))
  (func $start (local i32)
    (loop
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get 0) (i32.const 10))))
    (global.set $ready (local.get 0)))
  (start $start)
  (func (export "ready") (result i32) (global.get $ready))
  (func (export "bump") (param i32) (result i32)
    (global.set $ready (i32.add (global.get $ready) (local.get 0))) (global.get $ready)))
