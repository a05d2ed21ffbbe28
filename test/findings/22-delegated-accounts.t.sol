// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {CodeDecides, KeysOnly} from "../../contracts/mocks/faulty/Signed.sol";
import {PlainDelegate, Puppet} from "../../contracts/mocks/parties/Receivers.sol";
import {Offer} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 22: an account that delegated to code (EIP-7702) keeps its key, and may sign by its code as well. Contracts
/// that let code decide refuse the one, contracts that only know keys refuse the other.
contract Finding22_DelegatedAccounts is FindingBase {
    bytes32 private constant DIGEST = keccak256("digest");

    function test_EscrowTakesTheKeyOfAnAccountWhoseCodeKnowsNothing() public {
        _delegateTo(address(new PlainDelegate()));
        vm.assertTrue(_opens(SELLER_KEY), "by its key");
        vm.assertTrue(!_opens(STRANGER_KEY), "and by no other");
    }

    function test_EscrowTakesBothOfAnAccountWhoseCodeSigns() public {
        _delegateTo(address(new Puppet(stranger)));
        vm.assertTrue(_opens(SELLER_KEY), "by its key");
        vm.assertTrue(_opens(STRANGER_KEY), "by the key that its code takes");
        vm.assertTrue(!_opens(BUYER_KEY), "and by no other");
    }

    function test_EscrowTakesTheKeyAloneWithoutCode() public {
        vm.assertTrue(_opens(SELLER_KEY), "by its key");
        vm.assertTrue(!_opens(STRANGER_KEY), "and by no other");
    }

    /// @dev As EIP-7702 writes it: three bytes and an address, which this chain's rules do not follow; they are no ERC-1271.
    function test_EscrowTakesTheKeyBehindADesignator() public {
        vm.etch(seller, abi.encodePacked(hex"ef0100", address(new PlainDelegate())));
        vm.assertTrue(_opens(SELLER_KEY), "by its key");
    }

    function test_FaultyCheckersRefuseOneOrTheOther() public {
        CodeDecides byCode = new CodeDecides();
        KeysOnly byKey = new KeysOnly();
        _delegateTo(address(new PlainDelegate()));
        vm.assertTrue(!_valid(address(byCode), SELLER_KEY), "the key of an account with code");
        vm.assertTrue(_valid(address(byKey), SELLER_KEY), "which the other takes");
        _delegateTo(address(new Puppet(stranger)));
        vm.assertTrue(!_valid(address(byKey), STRANGER_KEY), "what the code takes");
        vm.assertTrue(_valid(address(byCode), STRANGER_KEY), "which the other takes");
    }

    function _delegateTo(address code) private {
        vm.etch(seller, code.code);
    }

    function _opens(uint256 key) private returns (bool done) {
        uint256 snapshot = vm.snapshotState();
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _sign(key, Digests.offer(address(escrow), offer));
        (done,) = _tryWith(ETH_PRICE, buyer, address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
        vm.revertToState(snapshot);
    }

    function _valid(address checker, uint256 key) private view returns (bool) {
        return CodeDecides(checker).isValid(seller, DIGEST, _sign(key, DIGEST));
    }
}
