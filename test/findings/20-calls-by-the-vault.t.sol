// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {PreparingEscrow} from "../../contracts/mocks/faulty/Signed.sol";
import {Authorization, Permit, Permit2Payment} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 20: the contract that holds the money calls a target of the caller's choice, such as a token's `transfer`
/// that a wrapped signature (ERC-6492) names as what deploys the signer.
contract Finding20_CallsByTheVault is FindingBase {
    bytes32 private constant WRAPPED = 0x6492649264926492649264926492649264926492649264926492649264926492;

    function test_EscrowCallsNothingThatASignatureNames() public {
        _funded(address(usd));
        Terms memory terms = _terms(ETH);
        terms.seller = address(reputation);
        Offer memory offer = _offerOf(terms);
        bytes memory call = abi.encodeCall(IEscrow.open, (offer, 0, _wrapped(address(usd))));
        vm.assertTrue(!_attack(address(escrow), call), "refused");
        vm.assertEq(usd.balanceOf(address(escrow)), PRICE, "the money is there");
    }

    /// @dev The token of a deal is called by the escrow. With the contract that holds the money in the token's place, what the
    /// escrow calls there moves nothing that is not the caller's.
    function test_EscrowMakesNoUseOfItsOwnAllowances() public {
        _funded(address(usd));
        Terms memory terms = _terms(address(usd));
        terms.salt = 2;
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        Authorization memory byEscrow = Authorization(address(escrow), 0, 0, block.timestamp + 1, new bytes(65));
        Permit2Payment memory byPermit2 = Permit2Payment(address(escrow), 0, 0, block.timestamp, new bytes(65));
        bytes[3] memory calls = [
            abi.encodeCall(IEscrow.openWithAuthorization, (offer, 0, signature, byEscrow)),
            abi.encodeCall(IEscrow.openWithPermit2, (offer, 0, signature, byPermit2)),
            abi.encodeCall(IEscrow.openWithPermit, (offer, 0, signature, Permit(block.timestamp, 27, 0, 0)))
        ];
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertTrue(!_attack(address(escrow), calls[i]), "refused");
            vm.assertEq(usd.balanceOf(address(escrow)), PRICE, "the money is there");
        }
        vm.assertEq(usd.allowance(address(escrow), stranger), 0, "and nobody may take it");
    }

    /// @dev A batch calls the escrow itself and nothing else, and in the caller's name.
    function test_EscrowsBatchCannotSpeakForTheEscrow() public {
        Terms memory terms = _funded(address(usd));
        bytes[] memory calls = new bytes[](1);
        calls[0] = _release(terms);
        vm.assertTrue(!_attack(address(escrow), abi.encodeCall(IEscrow.multicall, (calls))), "a stranger's release");
        calls[0] = abi.encodeCall(usd.transfer, (stranger, PRICE));
        vm.assertTrue(!_attack(address(escrow), abi.encodeCall(IEscrow.multicall, (calls))), "no function of the escrow");
    }

    function test_FaultyEscrowGivesItsTokensAway() public {
        PreparingEscrow faulty = new PreparingEscrow();
        usd.mint(address(faulty), PRICE);
        bytes memory call = abi.encodeCall(faulty.open, (address(reputation), bytes32(0), _wrapped(address(usd))));
        vm.assertTrue(_attack(address(faulty), call), "taken for a signature");
        vm.assertEq(usd.balanceOf(stranger), PRICE, "stolen");
    }

    /// @dev As ERC-6492 wraps a signature: who deploys the wallet, with what call, and the signature itself.
    function _wrapped(address token) private view returns (bytes memory) {
        bytes memory theft = abi.encodeCall(usd.transfer, (stranger, PRICE));
        return bytes.concat(abi.encode(token, theft, bytes("")), WRAPPED);
    }

    function _attack(address target, bytes memory call) private returns (bool) {
        return _try(stranger, target, call);
    }
}
