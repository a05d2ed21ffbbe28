// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {TypedHash} from "../../contracts/libraries/TypedHash.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {GoldenReader} from "./GoldenReader.sol";

/// @notice Signed acts, withdrawals, voidings and reviews: TypeScript, the contracts and the text of EIP-712 agree.
contract GoldenActs is GoldenReader {
    string private _json;

    function setUp() public override {
        super.setUp();
        _json = vm.readFile("protocol/golden/typed-data.json");
    }

    function test_ActDigestsAreThoseOfTypeScript() public {
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".acts", i);
            IEscrow there = _enter(_json, path);
            path = string.concat(path, ".act");
            Act memory what = _readAct(path);
            bytes32 id = vm.parseJsonBytes32(_json, string.concat(path, ".dealId"));
            string memory name = vm.parseJsonString(_json, string.concat(path, ".action"));
            bytes32 hash = this.structHash(what, id, keccak256(bytes(name)));
            _assertDigest(".acts", i, Digests.typed(address(there), hash), Digests.act(address(there), id, what, name));
        }
    }

    function test_WithdrawalDigestsAreThoseOfTypeScript() public {
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".withdrawals", i);
            IEscrow there = _enter(_json, path);
            path = string.concat(path, ".withdrawal");
            address account = vm.parseJsonAddress(_json, string.concat(path, ".account"));
            address token = vm.parseJsonAddress(_json, string.concat(path, ".token"));
            address to = vm.parseJsonAddress(_json, string.concat(path, ".to"));
            (uint256 tip, uint256 nonce) = (_uint(_json, path, ".tip"), _uint(_json, path, ".nonce"));
            uint40 expiry = uint40(_uint(_json, path, ".expiry"));
            bytes32 hash = TypedHash.ofWithdrawal(account, token, to, tip, nonce, expiry);
            bytes32 own = Digests.withdrawal(address(there), account, token, to, tip, nonce, expiry);
            _assertDigest(".withdrawals", i, Digests.typed(address(there), hash), own);
        }
    }

    function test_VoidingDigestsAreThoseOfTypeScript() public {
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".voidings", i);
            IEscrow there = _enter(_json, path);
            path = string.concat(path, ".voiding");
            address maker = vm.parseJsonAddress(_json, string.concat(path, ".maker"));
            uint256 counter = _uint(_json, path, ".counter");
            uint128 nonces = uint128(_uint(_json, path, ".nonces"));
            uint40 expiry = uint40(_uint(_json, path, ".expiry"));
            bytes32 hash = TypedHash.ofVoiding(maker, counter, nonces, expiry);
            bytes32 own = Digests.voiding(address(there), maker, counter, nonces, expiry);
            _assertDigest(".voidings", i, Digests.typed(address(there), hash), own);
        }
    }

    /// @dev Reputation's own hash is private; the tests of reviews show that it takes signatures over this digest.
    function test_ReviewDigestsAreThoseOfTypeScript() public {
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory path = _at(".signedReviews", i);
            address there = address(_enter(_json, path));
            path = string.concat(path, ".review");
            bytes32 own = Digests.review(
                there,
                vm.parseJsonBytes32(_json, string.concat(path, ".dealId")),
                vm.parseJsonAddress(_json, string.concat(path, ".author")),
                vm.parseJsonBytes32(_json, string.concat(path, ".commitment")),
                vm.parseJsonAddress(_json, string.concat(path, ".publisher"))
            );
            _assertDigest(".signedReviews", i, own, own);
        }
    }

    /// @dev A release in a batch is the act `release`, hashed by a shorter way.
    function test_ReleaseIsTheActOfThatName() public view {
        Act memory what = Act(buyer, Action.Release, 0, bytes32(0), 0, uint40(START));
        bytes32 id = keccak256("a deal");
        bytes32 short = TypedHash.ofRelease(buyer, id, uint40(START));
        vm.assertEq(short, this.structHash(what, id, keccak256("release")), "hash of a release");
    }

    /// @dev The contract's own hash, which takes calldata.
    function structHash(Act calldata what, bytes32 id, bytes32 name) external pure returns (bytes32) {
        return TypedHash.ofAct(what, id, name);
    }

    function _readAct(string memory path) private view returns (Act memory what) {
        what.signer = vm.parseJsonAddress(_json, string.concat(path, ".signer"));
        what.value = _uint(_json, path, ".value");
        what.hash = vm.parseJsonBytes32(_json, string.concat(path, ".hash"));
        what.tip = _uint(_json, path, ".tip");
        what.expiry = uint40(_uint(_json, path, ".expiry"));
    }

    function _assertDigest(string memory list, uint256 i, bytes32 contracts, bytes32 own) private view {
        bytes32 expected = vm.parseJsonBytes32(_json, string.concat(_at(list, i), ".digest"));
        vm.assertEq(contracts, expected, "the contract's hash");
        vm.assertEq(own, expected, "the hash by the text of EIP-712");
    }
}
